package dev.trainyard.dataset.image;

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

  private JpegDecodability() {}

  static void check(byte[] jpeg, long pixels) throws IOException, UnusableImageException {
    int step = (int) Math.max(1, Math.ceil(Math.sqrt((double) pixels / KEPT_PIXELS)));
    ImageReader reader = Decoders.reader("jpeg");
    List<String> warnings = new ArrayList<>();
    try (ByteArrayImageInput input = new ByteArrayImageInput(jpeg)) {
      reader.setInput(input, true, true);
      reader.addIIOReadWarningListener((source, warning) -> remember(warnings, warning));
      ImageReadParam param = reader.getDefaultReadParam();
      param.setSourceSubsampling(step, step, 0, 0);
      reader.readRaster(0, param);
    } finally {
      reader.dispose();
    }
    refuse(warnings);
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
