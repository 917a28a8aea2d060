package dev.trainyard.dataset.image;

import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * Judges images. Safe for concurrent use; images that are being decoded together have at most
 * {@code maxPixels} pixels, so that memory is bounded whatever is sent: about 3 bytes a pixel for
 * one that is made anew, next to nothing for one that is kept.
 */
public final class ImageIntake {

  private static final int PIXELS_A_PERMIT = 1_000_000;

  private final long maxPixels;
  private final int permits;
  private final Semaphore pixels;

  /**
   * @param maxPixels of one image, height x width
   */
  public ImageIntake(long maxPixels) {
    this.maxPixels = maxPixels;
    this.permits = permits(maxPixels);
    this.pixels = new Semaphore(permits, true);
  }

  /**
   * @param bytes the whole file
   * @throws UnusableImageException with the reason when no record can be made of it
   */
  public UsableImage take(byte[] bytes) throws UnusableImageException, InterruptedException {
    return switch (ContentKind.of(bytes)) {
      case JPEG -> takeJpeg(bytes);
      case PNG -> takePng(bytes);
      case EMPTY -> throw new UnusableImageException("is empty");
      default ->
          throw new UnusableImageException(
              "is neither a JPEG nor a PNG, but " + ContentKind.of(bytes).words());
    };
  }

  private UsableImage takeJpeg(byte[] bytes) throws UnusableImageException, InterruptedException {
    JpegHeader header = JpegHeader.parse(bytes);
    if (header.precision() != 8) {
      throw new UnusableImageException("has " + header.precision() + " bits a sample, not 8");
    }
    if (header.components() == 2 || header.components() > 4) {
      throw new UnusableImageException("has " + header.components() + " colour components");
    }
    int held = acquire(header.width(), header.height());
    try {
      byte[] bare = header.withoutMetadata(bytes);
      if (header.components() < 4 && header.orientation() == 1) {
        JpegDecodability.check(bare, (long) header.width() * header.height());
        return new UsableImage(header.width(), header.height(), bytes, false);
      }
      ToRgb colours = header.components() < 4 ? new ToRgb.Plain() : inks(header);
      try (PixelSource source = PixelSource.jpeg(bare, header, colours)) {
        return UprightJpeg.encode(source, header.orientation());
      }
    } catch (IOException | RuntimeException e) {
      throw undecodable(e);
    } finally {
      pixels.release(held);
    }
  }

  private UsableImage takePng(byte[] bytes) throws UnusableImageException, InterruptedException {
    PngChunks png = PngChunks.parse(bytes);
    int held = acquire(png.width(), png.height());
    try (PixelSource source = PixelSource.png(png)) {
      return UprightJpeg.encode(source, 1);
    } catch (IOException | RuntimeException e) {
      throw undecodable(e);
    } finally {
      pixels.release(held);
    }
  }

  private static ToRgb inks(JpegHeader header) {
    return new ToRgb.Inks(header.adobeTransform() >= 0, header.adobeTransform() == 2);
  }

  private int acquire(int width, int height) throws UnusableImageException, InterruptedException {
    if (width < 1 || height < 1) {
      throw new UnusableImageException("has no pixels");
    }
    if (width > 65_500 || height > 65_500) {
      throw new UnusableImageException("is more than 65,500 pixels wide or high");
    }
    long area = (long) width * height;
    if (area > maxPixels) {
      throw new UnusableImageException(
          "is %d x %d pixels; up to %.1f megapixels are taken"
              .formatted(width, height, maxPixels / 1e6));
    }
    int needed = Math.min(permits, permits(area));
    pixels.acquire(needed);
    return needed;
  }

  private static int permits(long area) {
    return (int) Math.max(1, (area + PIXELS_A_PERMIT - 1) / PIXELS_A_PERMIT);
  }

  private static UnusableImageException undecodable(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new UnusableImageException("cannot be decoded: " + message);
  }
}
