package dev.trainyard.job;

/** The lifecycle does not allow this step: a defect of the caller, or a race that it lost. */
class IllegalTransitionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  IllegalTransitionException(JobState from, JobState to) {
    super("A job that is " + from + " cannot become " + to);
  }
}
