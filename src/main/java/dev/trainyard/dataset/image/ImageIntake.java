package dev.trainyard.dataset.image;

import dev.trainyard.dataset.image.ImageTraits.Format;
import dev.trainyard.dataset.jpeg.ChannelMoments;
import dev.trainyard.dataset.jpeg.JpegScan;
import java.io.IOException;
import java.util.Optional;

/**
 * Judges images. Safe for concurrent use; images that are being decoded together have at most
 * {@code maxPixels} pixels, so that memory is bounded whatever is sent: about 3 bytes a pixel for
 * one that is made anew, next to nothing for one that is kept.
 */
public final class ImageIntake {

  /** Programs that make progressive JPEGs write about ten. */
  private static final int MOST_SCANS = 100;

  private final PixelBudget pixels;
  private final int maxScans;

  /**
   * @param maxPixels of one image, height x width
   */
  public ImageIntake(long maxPixels) {
    this(maxPixels, MOST_SCANS);
  }

  /**
   * @param maxPixels of one image, height x width
   * @param maxScans of one JPEG: each is a pass over all of its pixels, and may have a few bytes
   */
  public ImageIntake(long maxPixels, int maxScans) {
    this.pixels = new PixelBudget(maxPixels);
    this.maxScans = maxScans;
  }

  /**
   * @param bytes the whole file
   * @throws UnusableImageException with the reason when no record can be made of it
   */
  public UsableImage take(byte[] bytes, ScanLevel level)
      throws UnusableImageException, InterruptedException {
    ContentKind kind = ContentKind.of(bytes);
    return switch (kind) {
      case JPEG -> takeJpeg(bytes, level);
      case PNG -> takePng(bytes);
      case WEBP -> takeWebp(bytes);
      case EMPTY -> throw new UnusableImageException("is empty");
      case GIF, BMP, TIFF, TIFF_BIG_ENDIAN ->
          throw new UnusableImageException(
              "is " + kind.words() + "; save it as a JPEG, a PNG or a WebP");
      default -> throw new UnusableImageException("is no JPEG, PNG or WebP, but " + kind.words());
    };
  }

  private UsableImage takeJpeg(byte[] bytes, ScanLevel level)
      throws UnusableImageException, InterruptedException {
    JpegHeader header = JpegHeader.parse(bytes);
    if (header.precision() != 8) {
      throw new UnusableImageException("has " + header.precision() + " bits a sample, not 8");
    }
    if (header.components() == 2 || header.components() > 4) {
      throw new UnusableImageException("has " + header.components() + " colour components");
    }
    int held = pixels.acquire(header.width(), header.height(), 1);
    try {
      Fingerprint fingerprint = Fingerprint.of(header.withoutMetadata(bytes), header.orientation());
      if (header.components() < 4 && header.orientation() == 1) {
        return keep(bytes, header, fingerprint, level);
      }
      requireFewScans(bytes);
      ToRgb colours = header.components() < 4 ? new ToRgb.Plain() : inks(header);
      try (PixelSource source = PixelSource.jpeg(header.withoutMetadata(bytes), header, colours)) {
        int channels = header.components();
        return anew(source, Format.JPEG, channels, header.orientation(), bytes, fingerprint);
      }
    } catch (IOException | RuntimeException e) {
      throw undecodable(e);
    } finally {
      pixels.release(held);
    }
  }

  /** What the walk does not find in order, the decoder decides on. */
  private UsableImage keep(
      byte[] bytes, JpegHeader header, Fingerprint fingerprint, ScanLevel level)
      throws IOException, UnusableImageException {
    Optional<JpegScan> scan =
        level.isFullFor(fingerprint) ? JpegScan.full(bytes) : JpegScan.fast(bytes);
    if (scan.isEmpty()) {
      requireFewScans(bytes);
    }
    ChannelMoments moments =
        scan.isPresent()
            ? scan.get().moments()
            : JpegDecodability.check(header.withoutMetadata(bytes), header);
    boolean trailing = scan.isPresent() && scan.get().trailing();
    ImageTraits traits =
        new ImageTraits(
            Format.JPEG, header.components(), 1, bytes.length, trailing, fingerprint, moments);
    return new UsableImage(header.width(), header.height(), bytes, false, traits);
  }

  private void requireFewScans(byte[] jpeg) throws UnusableImageException {
    if (JpegScan.count(jpeg, maxScans) > maxScans) {
      throw new UnusableImageException(
          "is a JPEG of more than %d scans (trainyard.dataset.max-jpeg-scans)".formatted(maxScans));
    }
  }

  private UsableImage takePng(byte[] bytes) throws UnusableImageException, InterruptedException {
    PngChunks png = PngChunks.parse(bytes);
    int held = pixels.acquire(png.width(), png.height(), 1);
    try (PixelSource source = PixelSource.png(png)) {
      Fingerprint fingerprint = Fingerprint.of(png.pixelsOnly(), 0);
      return anew(source, Format.PNG, png.channels(), 1, bytes, fingerprint);
    } catch (IOException | RuntimeException e) {
      throw undecodable(e);
    } finally {
      pixels.release(held);
    }
  }

  private UsableImage takeWebp(byte[] bytes) throws UnusableImageException, InterruptedException {
    WebpChunks webp = WebpChunks.parse(bytes);
    int held = pixels.acquire(webp.width(), webp.height(), PixelBudget.WHOLE);
    try (PixelSource source = PixelSource.webp(webp)) {
      int orientation = webp.orientation();
      Fingerprint fingerprint = Fingerprint.of(webp.pixelsOnly(), orientation);
      return anew(source, Format.WEBP, webp.channels(), orientation, bytes, fingerprint);
    } catch (IOException | RuntimeException e) {
      throw undecodable(e);
    } finally {
      pixels.release(held);
    }
  }

  private static UsableImage anew(
      PixelSource source,
      Format format,
      int channels,
      int orientation,
      byte[] bytes,
      Fingerprint fingerprint)
      throws IOException, UnusableImageException {
    UprightJpeg.Encoded made = UprightJpeg.encode(source, orientation);
    ChannelMoments moments = JpegScan.full(made.jpeg()).map(JpegScan::moments).orElse(null);
    ImageTraits traits =
        new ImageTraits(format, channels, orientation, bytes.length, false, fingerprint, moments);
    return new UsableImage(made.width(), made.height(), made.jpeg(), true, traits);
  }

  private static ToRgb inks(JpegHeader header) {
    return new ToRgb.Inks(header.adobeTransform() >= 0, header.adobeTransform() == 2);
  }

  private static UnusableImageException undecodable(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new UnusableImageException("cannot be decoded: " + message);
  }
}
