package dev.trainyard.job.web;

import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Who is counted for a job. */
final class Submitter {

  private Submitter() {}

  /** The authenticated client's name; all that are not are one. */
  static String of(@Nullable Principal client) {
    return client == null ? "anonymous" : client.getName();
  }
}
