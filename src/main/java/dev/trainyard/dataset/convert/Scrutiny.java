package dev.trainyard.dataset.convert;

import dev.trainyard.dataset.image.ScanLevel;
import dev.trainyard.dataset.report.DuplicatePolicy;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How closely an upload is looked at.
 *
 * @param scan of each JPEG
 * @param duplicates new images that would be on both sides of the split
 */
public record Scrutiny(ScanLevel scan, DuplicatePolicy duplicates) implements Serializable {

  /**
   * As requests say it.
   *
   * @param scan full or fast; null for the usual
   * @param duplicates keep or drop; null for the usual
   */
  public static Scrutiny asked(@Nullable String scan, @Nullable String duplicates) {
    return new Scrutiny(
        "fast".equals(scan) ? ScanLevel.FAST : USUAL.scan(),
        "drop".equals(duplicates) ? DuplicatePolicy.DROP : USUAL.duplicates());
  }

  /** What an upload gets that does not say. */
  public static final Scrutiny USUAL = new Scrutiny(ScanLevel.FULL, DuplicatePolicy.KEEP);
}
