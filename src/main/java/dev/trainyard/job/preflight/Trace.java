package dev.trainyard.job.preflight;

import dev.trainyard.trainer.protocol.PreflightEvent;
import org.jspecify.annotations.Nullable;

/** What a process that tried a job has reported, and how it ended. One thread fills it. */
final class Trace {

  private PreflightEvent.@Nullable Built built;
  private PreflightEvent.@Nullable Stepped stepped;
  private PreflightEvent.@Nullable Evaluated evaluated;
  private PreflightEvent.@Nullable Saved saved;
  private PreflightEvent.@Nullable Exported exported;
  private PreflightEvent.@Nullable Failed failed;
  private int exitCode;
  private boolean timedOut;

  void add(PreflightEvent event) {
    if (event instanceof PreflightEvent.Built e) {
      built = e;
    } else if (event instanceof PreflightEvent.Stepped e) {
      stepped = e;
    } else if (event instanceof PreflightEvent.Evaluated e) {
      evaluated = e;
    } else if (event instanceof PreflightEvent.Saved e) {
      saved = e;
    } else if (event instanceof PreflightEvent.Exported e) {
      exported = e;
    } else if (event instanceof PreflightEvent.Failed e) {
      failed = e;
    }
  }

  /**
   * @param killed whether its time was up
   */
  Trace ended(int code, boolean killed) {
    exitCode = code;
    timedOut = killed && exported == null;
    return this;
  }

  PreflightEvent.@Nullable Built built() {
    return built;
  }

  PreflightEvent.@Nullable Stepped stepped() {
    return stepped;
  }

  PreflightEvent.@Nullable Evaluated evaluated() {
    return evaluated;
  }

  PreflightEvent.@Nullable Saved saved() {
    return saved;
  }

  PreflightEvent.@Nullable Exported exported() {
    return exported;
  }

  PreflightEvent.@Nullable Failed failed() {
    return failed;
  }

  int exitCode() {
    return exitCode;
  }

  boolean timedOut() {
    return timedOut;
  }
}
