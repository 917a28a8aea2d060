package dev.trainyard.dataset;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Query;

/** All datasets. */
interface Datasets extends JpaRepository<Dataset, String>, JpaSpecificationExecutor<Dataset> {

  Optional<Dataset> findFirstByNameOrderByVersionDesc(String name);

  Optional<Dataset> findFirstByNameAndStateOrderByVersionDesc(String name, DatasetState state);

  List<Dataset> findByStateOrderByCreateTime(DatasetState state);

  boolean existsByIdAndState(String id, DatasetState state);

  @Query("select coalesce(max(d.version), 0) from Dataset d where d.name = :name")
  int newestVersion(String name);
}
