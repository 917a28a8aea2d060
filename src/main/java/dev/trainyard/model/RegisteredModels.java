package dev.trainyard.model;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Every model name that ever had a version. */
interface RegisteredModels extends Repository<RegisteredModel, String> {

  /** Holds the row until the transaction ends, so that version numbers are given one at a time. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select m from RegisteredModel m where m.name = :name")
  Optional<RegisteredModel> lock(String name);

  @Query("select distinct m from RegisteredModel m left join fetch m.tags where m.name in :names")
  List<RegisteredModel> withTags(Collection<String> names);

  RegisteredModel saveAndFlush(RegisteredModel model);
}
