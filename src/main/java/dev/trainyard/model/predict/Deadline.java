package dev.trainyard.model.predict;

import java.time.Duration;

/** A point in monotonic time; survives changes of the wall clock. */
record Deadline(long nanoTime) {

  static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /** Nanoseconds left; zero or less when it has passed. */
  long remainingNanos() {
    return nanoTime - System.nanoTime();
  }
}
