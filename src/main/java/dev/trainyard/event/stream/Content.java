package dev.trainyard.event.stream;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What one listener is told, piece by piece. One thread at a time asks. */
public interface Content {

  /** The next piece; null when there is nothing to be told now. */
  byte @Nullable [] next() throws IOException;

  /** Whether nothing more will come; asked when there was no next piece. */
  boolean isOver();

  /** What is said after a long silence; null for nothing. */
  byte @Nullable [] heartbeat();
}
