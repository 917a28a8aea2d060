package dev.trainyard.dataset.image;

import dev.trainyard.dataset.jpeg.JpegScan;
import dev.trainyard.fuzz.FuzzTarget;

/** Judges an image, and walks through it as if it were a JPEG, whatever it is. */
public final class ImageTarget implements FuzzTarget {

  private final ImageIntake intake = new ImageIntake(100_000);

  @Override
  public void take(byte[] bytes) throws Exception {
    if (ContentKind.of(bytes) == ContentKind.JPEG) {
      JpegScan.fast(bytes);
      JpegScan.full(bytes);
    }
    try {
      UsableImage image = intake.take(bytes, ScanLevel.FULL);
      if ((long) image.width() * image.height() > 100_000) {
        throw new AssertionError("It is larger than is taken");
      }
    } catch (UnusableImageException refused) {
      // As it should be.
    }
  }
}
