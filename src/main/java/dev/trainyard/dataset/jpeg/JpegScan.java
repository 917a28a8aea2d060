package dev.trainyard.dataset.jpeg;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a walk through a whole JPEG tells.
 *
 * @param moments of its colours; null when its bits were passed over
 * @param trailing whether bytes stand after its end, which every decoder leaves alone
 */
public record JpegScan(@Nullable ChannelMoments moments, boolean trailing) {

  private static final int START_OF_SCAN = 0xDA;
  private static final int END_OF_IMAGE = 0xD9;

  /**
   * Follows every code. Empty when it is no baseline JPEG of one scan, or when anything in it is
   * not in order: only a decoder can tell then whether it can be used.
   */
  public static Optional<JpegScan> full(byte[] jpeg) {
    Frame frame = Frame.parse(jpeg);
    if (frame == null) {
      return Optional.empty();
    }
    BaselineScan scan = new BaselineScan(jpeg, frame);
    return scan.walk(jpeg)
        ? Optional.of(new JpegScan(scan.moments(), scan.end() < jpeg.length))
        : Optional.empty();
  }

  /** The same of the header, the markers and the end; the bits between are passed over. */
  public static Optional<JpegScan> fast(byte[] jpeg) {
    Frame frame = Frame.parse(jpeg);
    int end = frame == null ? jpeg.length : EntropyBits.end(jpeg, frame.scan());
    return isEnd(jpeg, end)
        ? Optional.of(new JpegScan(null, end + 2 < jpeg.length))
        : Optional.empty();
  }

  /** Its scans, up to one more than {@code most}: how often a decoder goes over the pixels. */
  public static int count(byte[] jpeg, int most) {
    int scans = 0;
    for (int at = 0; at + 1 < jpeg.length && scans <= most; at++) {
      if (jpeg[at] == -1 && (jpeg[at + 1] & 0xFF) == START_OF_SCAN) {
        scans++;
      }
    }
    return scans;
  }

  static boolean isEnd(byte[] jpeg, int at) {
    return at + 1 < jpeg.length && (jpeg[at + 1] & 0xFF) == END_OF_IMAGE;
  }
}
