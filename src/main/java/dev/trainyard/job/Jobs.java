package dev.trainyard.job;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** All jobs. Whoever changes one locks it first: workers, clients and the reaper meet here. */
interface Jobs extends Repository<Job, String>, JpaSpecificationExecutor<Job> {

  void delete(Job job);

  /**
   * {@link JobState#HELD} in SQL: with its states as parameters, Hibernate would translate the
   * query anew each time.
   */
  String HELD = "state in ('PREPARING', 'RUNNING', 'PAUSING', 'CANCELLING')";

  Optional<Job> findById(String id);

  List<Job> findByIdIn(Collection<String> ids);

  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select j from Job j where j.id = :id")
  Optional<Job> lock(String id);

  /**
   * The first of the jobs that a worker may take, in the order of the queue. They are not locked:
   * H2 would lock all that the query looks at.
   */
  @Query(
      value =
          "select id from job where state = 'QUEUED'"
              + " and (available_time is null or available_time <= current_timestamp)"
              + " and accelerator in (:accelerators) and submitter not in (:full)"
              + " and project not in (:heldBack)"
              + " and not exists (select 1 from job_label l"
              + " where l.job_id = job.id and l.label not in (:labels))"
              // By all of the index: H2 sorts the whole queue otherwise.
              + " order by state, rank_time, id limit :limit",
      nativeQuery = true)
  List<String> candidates(
      Collection<String> accelerators,
      Collection<String> labels,
      Collection<String> full,
      Collection<String> heldBack,
      int limit);

  /** Locks a job that still waits; others' locks are stepped over, so claims never wait. */
  @Query(
      value = "select id from job where id = :id and state = 'QUEUED' for update skip locked",
      nativeQuery = true)
  Optional<String> lockWaiting(String id);

  /** Locks a job, unless somebody else has it locked. */
  @Query(value = "select id from job where id = :id for update skip locked", nativeQuery = true)
  Optional<String> lockFree(String id);

  /** Lets one claim at a time pass, where claims have to be counted. */
  @Query(value = "select id from queue_gate where id = 1 for update", nativeQuery = true)
  int lockGate();

  @Query(
      value =
          "select worker as worker, submitter as submitter, count(*) as jobs from job where "
              + HELD
              + " group by worker, submitter",
      nativeQuery = true)
  List<Running> running();

  /** Jobs in the hands of workers that are lost, or not there any more. */
  @Query(
      value =
          "select id from job where "
              + HELD
              + " and not exists (select 1 from worker w where w.id = job.worker and w.state <> 'LOST')",
      nativeQuery = true)
  List<String> orphans();

  @Query(
      value =
          "select count(*) > 0 from job where id = :id and "
              + HELD
              + " and not exists (select 1 from worker w where w.id = job.worker and w.state <> 'LOST')",
      nativeQuery = true)
  boolean isOrphan(String id);

  /** Whether a job waits for such an accelerator. */
  boolean existsByStateAndAccelerator(JobState state, String accelerator);

  /** How many jobs wait up to a place in the queue, which may be a job's own. */
  @Query(
      value =
          "select count(*) from job where state = 'QUEUED' and rank_time <= :rankTime"
              + " and (rank_time < :rankTime or id <= :id)",
      nativeQuery = true)
  long countWaiting(Instant rankTime, String id);

  /** The jobs that wait up to a place in the queue, in its order. */
  @Query(
      value =
          "select id from job where state = 'QUEUED' and rank_time <= :rankTime"
              + " order by state, rank_time, id",
      nativeQuery = true)
  List<String> waiting(Instant rankTime);

  @Query(
      value = "select id from job where worker = :worker and " + HELD + " order by id",
      nativeQuery = true)
  List<String> heldBy(String worker);

  boolean existsByDatasetIdAndStateIn(String datasetId, Collection<JobState> states);

  /** Whether jobs in these states begin with the weights of that one. */
  boolean existsByWarmStartJobAndStateIn(String source, Collection<JobState> states);

  /** Jobs in these states that begin with that version, of whichever model. */
  List<Job> findByWarmStartVersionAndStateIn(int version, Collection<JobState> states);

  /** Those that ended first, and that no unfinished job begins with. */
  @Query(
      "select j.id from Job j where j.state not in :unfinished and j.endTime < :time"
          + " and not exists (select 1 from Job w where w.warmStartJob = j.id"
          + " and w.state in :unfinished) order by j.endTime")
  List<String> endedBefore(Instant time, Collection<JobState> unfinished, Limit limit);

  @Query(
      value =
          "select count(*) from job where project = :project and state not in"
              + " ('SUCCEEDED', 'FAILED', 'CANCELLED')",
      nativeQuery = true)
  long countUnfinished(String project);

  @Query(
      value = "select count(*) from job where project = :project and " + HELD,
      nativeQuery = true)
  long countHeld(String project);

  /** Seconds that workers have spent on the project's jobs, and spend on them now. */
  @Query(
      value =
          "select cast(coalesce(sum(extract(epoch from"
              + " coalesce(a.end_time, current_timestamp) - a.start_time)), 0) as bigint)"
              + " from job_attempt a join job j on j.id = a.job_id where j.project = :project",
      nativeQuery = true)
  long secondsSpent(String project);

  @Query(
      value =
          "select cast(coalesce(sum(extract(epoch from a.end_time - a.start_time)), 0) as bigint)"
              + " from job_attempt a where a.job_id = :id",
      nativeQuery = true)
  long secondsSpentOn(String id);

  @Query("select j.state as state, count(j) as jobs from Job j group by j.state")
  List<StateCount> countByState();

  /** One row of the count. */
  interface StateCount {
    JobState getState();

    long getJobs();
  }

  /** Jobs in the hands of one worker, of one submitter. */
  interface Running {
    String getWorker();

    String getSubmitter();

    long getJobs();
  }
}
