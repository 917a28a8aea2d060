package dev.trainyard.dataset.image;

import java.util.concurrent.Semaphore;

/** The pixels that may be decoded at the same time. */
final class PixelBudget {

  /** Counts of a pixel where the decoder holds a whole image, in a format or two of its own. */
  static final int WHOLE = 4;

  private static final int PIXELS_A_PERMIT = 1_000_000;

  private final long maxPixels;
  private final int permits;
  private final Semaphore pixels;

  PixelBudget(long maxPixels) {
    this.maxPixels = maxPixels;
    this.permits = permits(maxPixels);
    this.pixels = new Semaphore(permits, true);
  }

  /**
   * Waits for room.
   *
   * @param weight what a pixel counts
   * @return what to release
   * @throws UnusableImageException when there never is as much
   */
  int acquire(int width, int height, int weight)
      throws UnusableImageException, InterruptedException {
    if (width < 1 || height < 1) {
      throw new UnusableImageException("has no pixels");
    }
    if (width > 65_500 || height > 65_500) {
      throw new UnusableImageException("is more than 65,500 pixels wide or high");
    }
    long area = (long) width * height;
    if (area * weight > maxPixels) {
      throw new UnusableImageException(
          "is %d x %d pixels; up to %.1f megapixels are taken"
              .formatted(width, height, maxPixels / 1e6 / weight)
              .concat(weight > 1 ? " of this format; save it as a JPEG or a PNG" : ""));
    }
    int needed = Math.min(permits, permits(area * weight));
    pixels.acquire(needed);
    return needed;
  }

  void release(int held) {
    pixels.release(held);
  }

  private static int permits(long area) {
    return (int) Math.max(1, (area + PIXELS_A_PERMIT - 1) / PIXELS_A_PERMIT);
  }
}
