package dev.trainyard.job;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** All jobs. Whoever changes one locks it first: workers, clients and the reaper meet here. */
interface Jobs extends Repository<Job, String> {

  Job save(Job job);

  void delete(Job job);

  Optional<Job> findById(String id);

  List<Job> findByIdIn(Collection<String> ids);

  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select j from Job j where j.id = :id")
  Optional<Job> lock(String id);

  /** The oldest job that may run now; others' locks are stepped over, so claims never wait. */
  @Query(
      value =
          "select id from job where state = 'QUEUED' and available_time <= :now"
              + " and accelerator in (:accelerators)"
              + " order by create_time, id limit 1 for update skip locked",
      nativeQuery = true)
  Optional<String> lockNext(Instant now, Collection<String> accelerators);

  /** Waiting jobs that none of these accelerators can run and that do not say so yet. */
  @Query(
      "select j from Job j where j.state = QUEUED and j.accelerator not in :accelerators"
          + " and (j.reason is null or j.reason <> ACCELERATOR_UNAVAILABLE)")
  List<Job> waitingForOther(Collection<String> accelerators);

  @Query("select j.id from Job j where j.state in :states order by j.createTime, j.id")
  List<String> idsIn(Collection<JobState> states);

  @Query(
      "select j from Job j where j.state in :states and (:name is null or j.name = :name)"
          + " and (j.createTime < :beforeTime or (j.createTime = :beforeTime and j.id < :beforeId))"
          + " order by j.createTime desc, j.id desc")
  List<Job> page(
      Collection<JobState> states,
      @Nullable String name,
      Instant beforeTime,
      String beforeId,
      Limit limit);

  boolean existsByDatasetIdAndStateIn(String datasetId, Collection<JobState> states);

  @Query("select j.state as state, count(j) as jobs from Job j group by j.state")
  List<StateCount> countByState();

  /** One row of the count. */
  interface StateCount {
    JobState getState();

    long getJobs();
  }
}
