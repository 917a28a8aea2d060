package dev.trainyard.dataset;

import dev.trainyard.project.Acting;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

/** All datasets. */
interface Datasets extends JpaRepository<Dataset, String>, JpaSpecificationExecutor<Dataset> {

  Optional<Dataset> findFirstByNameOrderByVersionDesc(String name);

  /**
   * In SQL, for every job that is submitted asks it: what is confined to a project Hibernate
   * translates anew each time.
   *
   * @param project or {@link Acting#ALL}
   */
  @Query(
      value =
          "select * from dataset where name = :name and state = 'READY'"
              + " and :project in ('*', project) order by version desc limit 1",
      nativeQuery = true)
  Optional<Dataset> newestReady(String name, String project);

  List<Dataset> findByStateOrderByCreateTime(DatasetState state);

  List<Dataset> findByStateInAndCreateTimeBefore(Set<DatasetState> states, Instant time);

  @Query("select d from Dataset d where d.source.base = :base and d.state = :state")
  List<Dataset> findByBaseAndState(String base, DatasetState state);

  @Query(
      "select count(d) > 0 from Dataset d where d.source.upload = :upload and d.state = CONVERTING")
  boolean converts(String upload);

  boolean existsByIdAndState(String id, DatasetState state);

  @Query(
      "select coalesce(max(d.version), 0) from Dataset d"
          + " where d.project = :project and d.name = :name")
  int newestVersion(String project, String name);

  @Query(
      value = "select coalesce(sum(size_bytes), 0) from dataset where project = :project",
      nativeQuery = true)
  long bytes(String project);

  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select d from Dataset d where d.id = :id")
  Optional<Dataset> lock(String id);

  /**
   * Those that nobody converts, the oldest first.
   *
   * @param folders also those that are made of a folder
   */
  @Query(
      value =
          "select id from dataset where state = 'CONVERTING' and worker is null"
              + " and (folder is null or :folders)"
              + " order by create_time, id limit :limit",
      nativeQuery = true)
  List<String> waiting(boolean folders, int limit);

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
          "update dataset set phase = :phase, images_done = :done, images_total = :total,"
              + " bytes_done = :bytes, images_per_second = :rate, eta_seconds = :eta"
              + " where id = :id and attempt = :attempt and state = 'CONVERTING'"
              + " and worker is not null",
      nativeQuery = true)
  int progress(
      String id,
      int attempt,
      String phase,
      long done,
      long total,
      long bytes,
      @Nullable Double rate,
      @Nullable Double eta);

  @Modifying
  @Query(
      value =
          "update dataset set worker = null where state = 'CONVERTING' and worker is not null"
              + " and not exists (select 1 from worker w"
              + " where w.id = dataset.worker and w.state <> 'LOST')",
      nativeQuery = true)
  void releaseOrphans();
}
