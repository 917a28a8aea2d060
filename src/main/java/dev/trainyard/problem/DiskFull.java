package dev.trainyard.problem;

import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Java has no exception for a full disk; the operating systems' words are all there is. */
public final class DiskFull {

  private DiskFull() {}

  /** Whether a full disk is among the causes of a failure. */
  public static boolean isBehind(Throwable failure) {
    int depth = 0;
    for (@Nullable Throwable t = failure; t != null && depth < 20; t = t.getCause(), depth++) {
      String message = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
      if (t instanceof IOException
          && (message.contains("no space left on device")
              || message.contains("not enough space on the disk")
              || message.contains("disk quota exceeded"))) {
        return true;
      }
    }
    return false;
  }
}
