package dev.trainyard.dataset.image;

import dev.trainyard.dataset.jpeg.ChannelMoments;
import dev.trainyard.dataset.jpeg.ColourSums;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * Decodes a JPEG to its last row, of which only a coarse raster is kept. The decoder repairs what
 * it can and reports it as a warning; TensorFlow would stop there, so a warning is a refusal.
 */
final class JpegDecodability {

  private static final long KEPT_PIXELS = 1 << 16;
  private static final float LEVEL = 128;

  private JpegDecodability() {}

  /** The moments of its coarse raster. */
  static ChannelMoments check(byte[] jpeg, JpegHeader header)
      throws IOException, UnusableImageException {
    double pixels = (double) header.width() * header.height();
    int step = (int) Math.max(1, Math.ceil(Math.sqrt(pixels / KEPT_PIXELS)));
    ImageReader reader = Decoders.reader("jpeg");
    List<String> warnings = new ArrayList<>();
    Raster raster;
    try (ByteArrayImageInput input = new ByteArrayImageInput(jpeg, (long) pixels)) {
      reader.setInput(input, true, true);
      reader.addIIOReadWarningListener((source, warning) -> remember(warnings, warning));
      ImageReadParam param = reader.getDefaultReadParam();
      param.setSourceSubsampling(step, step, 0, 0);
      raster = reader.readRaster(0, param);
    } finally {
      reader.dispose();
    }
    refuse(warnings);
    return moments(raster, new ColourSums(header.adobeTransform() == 0));
  }

  private static ChannelMoments moments(Raster raster, ColourSums sums) {
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    float[] row = new float[width * bands];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int at = 0; at < row.length; at += bands) {
        float first = row[at] - LEVEL;
        boolean grey = bands < 3;
        sums.add(first, grey ? 0 : row[at + 1] - LEVEL, grey ? 0 : row[at + 2] - LEVEL);
      }
    }
    return sums.moments();
  }

  static void remember(List<String> warnings, String warning) {
    // Bytes between two segments are skipped by every decoder and cost no pixel.
    if (warnings.isEmpty() && !warning.contains("extraneous bytes")) {
      warnings.add(warning);
    }
  }

  static void refuse(List<String> warnings) throws UnusableImageException {
    if (!warnings.isEmpty()) {
      String warning = warnings.get(0);
      throw new UnusableImageException(
          warning.contains("Truncated") || warning.contains("premature end")
              ? "ends too early: the JPEG is truncated"
              : "is damaged: " + warning);
    }
  }
}
