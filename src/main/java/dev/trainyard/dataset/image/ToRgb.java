package dev.trainyard.dataset.image;

import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import org.jspecify.annotations.Nullable;

/**
 * Makes 8-bit RGB of a row of samples by arithmetic alone. Colour management is left out on
 * purpose: TensorFlow's decoders do the same, and Java's would brighten grey images.
 */
sealed interface ToRgb {

  /** Fills {@code rgb} with 0xRRGGBB of row {@code y}. */
  void convert(Raster raster, @Nullable ColorModel model, int y, int[] rgb);

  private static int rgb(int red, int green, int blue) {
    return red << 16 | green << 8 | blue;
  }

  /** Grey or RGB of 8 or 16 bits a sample, or a palette; transparency is put over white. */
  record Plain() implements ToRgb {

    @Override
    public void convert(Raster raster, @Nullable ColorModel model, int y, int[] rgb) {
      int bands = raster.getNumBands();
      int shift = raster.getSampleModel().getSampleSize(0) > 8 ? 8 : 0;
      int[] row = raster.getPixels(raster.getMinX(), y, rgb.length, 1, (int[]) null);
      boolean grey = bands < 3;
      for (int x = 0; x < rgb.length; x++) {
        int at = x * bands;
        if (model instanceof IndexColorModel palette) {
          int argb = palette.getRGB(row[at]);
          rgb[x] = overWhite(argb >> 16 & 255, argb >> 8 & 255, argb & 255, argb >>> 24);
          continue;
        }
        int red = row[at] >> shift;
        int green = grey ? red : row[at + 1] >> shift;
        int blue = grey ? red : row[at + 2] >> shift;
        boolean opaque = bands == 1 || bands == 3;
        rgb[x] =
            opaque
                ? rgb(red, green, blue)
                : overWhite(red, green, blue, row[at + bands - 1] >> shift);
      }
    }

    private static int overWhite(int red, int green, int blue, int alpha) {
      return rgb(blend(red, alpha), blend(green, alpha), blend(blue, alpha));
    }

    private static int blend(int value, int alpha) {
      return (value * alpha + 255 * (255 - alpha) + 127) / 255;
    }
  }

  /**
   * Four printing inks.
   *
   * @param inverted as Adobe's programs write them: 0 is full ink
   * @param ycck the first three as YCbCr (ITU-T T.872, 6.5)
   */
  record Inks(boolean inverted, boolean ycck) implements ToRgb {

    @Override
    public void convert(Raster raster, @Nullable ColorModel model, int y, int[] rgb) {
      int[] row = raster.getPixels(raster.getMinX(), y, rgb.length, 1, (int[]) null);
      for (int x = 0; x < rgb.length; x++) {
        int at = x * 4;
        int cyan = row[at];
        int magenta = row[at + 1];
        int yellow = row[at + 2];
        if (ycck) {
          double luma = row[at];
          double blue = row[at + 1] - 128;
          double red = row[at + 2] - 128;
          cyan = 255 - clamp(luma + 1.402 * red);
          magenta = 255 - clamp(luma - 0.344136 * blue - 0.714136 * red);
          yellow = 255 - clamp(luma + 1.772 * blue);
        }
        int black = light(row[at + 3]);
        rgb[x] =
            rgb(
                light(cyan) * black / 255,
                light(magenta) * black / 255,
                light(yellow) * black / 255);
      }
    }

    private int light(int ink) {
      return inverted ? ink : 255 - ink;
    }

    private static int clamp(double value) {
      return (int) Math.max(0, Math.min(255, Math.round(value)));
    }
  }
}
