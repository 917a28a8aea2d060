package dev.trainyard.job;

/** Why a job that is QUEUED has not begun: stable names for programs. */
public enum WaitReason {
  /** No worker is running at all. */
  NO_WORKER,
  /** No worker has the accelerator that the job asks for. */
  ACCELERATOR_UNAVAILABLE,
  /** No worker with the accelerator has all the labels that the job asks for. */
  LABELS_UNAVAILABLE,
  /** The data folder has less free space than {@code trainyard.min-free-space}. */
  DISK_SPACE_LOW,
  /** The job has failed and is tried again a little later. */
  BACKING_OFF,
  /** As many jobs run as {@code trainyard.queue.max-running-jobs} allows. */
  JOB_LIMIT,
  /** The submitter has as many jobs running as one may have. */
  SUBMITTER_LIMIT,
  /** The project has as many jobs running, or has had as much of workers' time, as its quota. */
  PROJECT_QUOTA,
  /** Every worker that could run it is busy. */
  WORKERS_BUSY
}
