package dev.trainyard.project;

/** What a project may have only so much of. */
public enum Quota {
  /** Of datasets, uploads and models. */
  BYTES("bytes", "max_bytes"),
  /** That are not finished. */
  JOBS("jobs", "max_jobs"),
  /** In the hands of workers; more wait. */
  RUNNING_JOBS("runningJobs", "max_running_jobs"),
  /** Of workers' time, of all jobs that there ever were. */
  TRAINING_SECONDS("trainingSeconds", "max_training_seconds");

  private final String text;
  private final String column;

  Quota(String text, String column) {
    this.text = text;
    this.column = column;
  }

  /** As requests and answers have it. */
  public String text() {
    return text;
  }

  String column() {
    return column;
  }
}
