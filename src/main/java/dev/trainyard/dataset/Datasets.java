package dev.trainyard.dataset;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

/** All datasets. */
interface Datasets extends JpaRepository<Dataset, String>, JpaSpecificationExecutor<Dataset> {

  Optional<Dataset> findFirstByNameOrderByVersionDesc(String name);

  Optional<Dataset> findFirstByNameAndStateOrderByVersionDesc(String name, DatasetState state);

  List<Dataset> findByStateOrderByCreateTime(DatasetState state);

  List<Dataset> findByStateAndCreateTimeBefore(DatasetState state, Instant time);

  boolean existsByIdAndState(String id, DatasetState state);

  @Query("select coalesce(max(d.version), 0) from Dataset d where d.name = :name")
  int newestVersion(String name);

  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select d from Dataset d where d.id = :id")
  Optional<Dataset> lock(String id);

  /** Those that nobody converts, the oldest first. */
  @Query(
      value =
          "select id from dataset where state = 'CONVERTING' and worker is null"
              + " order by create_time, id limit :limit",
      nativeQuery = true)
  List<String> waiting(int limit);

  /** Locks one that still waits; others' locks are stepped over. */
  @Query(
      value =
          "select id from dataset where id = :id and state = 'CONVERTING' and worker is null"
              + " for update skip locked",
      nativeQuery = true)
  Optional<String> lockWaiting(String id);

  @Query("select d.id from Dataset d where d.worker = :worker and d.state = CONVERTING")
  List<String> heldBy(String worker);

  @Modifying
  @Query(
      value =
          "update dataset set images_done = :done, images_total = :total"
              + " where id = :id and attempt = :attempt and state = 'CONVERTING'",
      nativeQuery = true)
  void progress(String id, int attempt, long done, long total);

  @Modifying
  @Query(
      value =
          "update dataset set worker = null where state = 'CONVERTING' and worker is not null"
              + " and not exists (select 1 from worker w"
              + " where w.id = dataset.worker and w.state <> 'LOST')",
      nativeQuery = true)
  void releaseOrphans();
}
