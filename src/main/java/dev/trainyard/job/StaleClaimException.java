package dev.trainyard.job;

/** The job is another attempt's by now, or over: what this one has made must not be seen. */
public class StaleClaimException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StaleClaimException(ClaimedJob claim) {
    super("Attempt " + claim.attempt() + " of job " + claim.id() + " does not hold it any more");
  }
}
