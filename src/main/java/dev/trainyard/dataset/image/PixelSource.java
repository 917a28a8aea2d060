package dev.trainyard.dataset.image;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;

/**
 * An image that is decoded strip by strip: a strip costs a pass over the rows above it, but the
 * whole image in its own sample format, which can be 8 bytes a pixel, is never in memory.
 */
final class PixelSource implements AutoCloseable {

  private final ImageReader reader;
  private final byte[] bytes;
  private final boolean raw;
  private final ToRgb colours;
  private final int width;
  private final int height;
  private int stripPixels = 1 << 22;
  private final List<String> warnings = new ArrayList<>();

  private PixelSource(
      ImageReader reader, byte[] bytes, boolean raw, ToRgb colours, int width, int height) {
    this.reader = reader;
    this.bytes = bytes;
    this.raw = raw;
    this.colours = colours;
    this.width = width;
    this.height = height;
    reader.addIIOReadWarningListener((r, w) -> JpegDecodability.remember(warnings, w));
  }

  /** Four components come as they are stored; one and three as grey and RGB. */
  static PixelSource jpeg(byte[] bytes, JpegHeader header, ToRgb colours) {
    boolean raw = header.components() == 4;
    return new PixelSource(
        Decoders.reader("jpeg"), bytes, raw, colours, header.width(), header.height());
  }

  static PixelSource png(PngChunks png) {
    return new PixelSource(
        Decoders.reader("png"),
        png.pixelsOnly(),
        false,
        new ToRgb.Plain(),
        png.width(),
        png.height());
  }

  /** The whole of it is decoded at once, whatever part is asked for. */
  static PixelSource webp(WebpChunks webp) {
    PixelSource source =
        new PixelSource(
            Decoders.webp(),
            webp.pixelsOnly(),
            false,
            new ToRgb.Plain(),
            webp.width(),
            webp.height());
    source.stripPixels = Integer.MAX_VALUE;
    return source;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Takes the rows from the top, each {@code width} pixels 0xRRGGBB; the array is reused. */
  interface RowSink {
    void row(int y, int[] rgb);
  }

  void forEachRow(RowSink sink) throws IOException, UnusableImageException {
    int rows = Math.max(8, stripPixels / width);
    int[] rgb = new int[width];
    for (int top = 0; top < height; top += rows) {
      int count = Math.min(rows, height - top);
      reader.setInput(new ByteArrayImageInput(bytes, (long) width * height), true, true);
      ImageReadParam param = reader.getDefaultReadParam();
      param.setSourceRegion(new Rectangle(0, top, width, count));
      Raster strip;
      ColorModel model = null;
      if (raw) {
        strip = reader.readRaster(0, param);
      } else {
        BufferedImage image = reader.read(0, param);
        strip = image.getRaster();
        model = image.getColorModel();
      }
      JpegDecodability.refuse(warnings);
      emit(strip, model, top, count, rgb, sink);
    }
  }

  private void emit(
      Raster strip, @Nullable ColorModel model, int top, int count, int[] rgb, RowSink sink) {
    for (int y = 0; y < count; y++) {
      colours.convert(strip, model, strip.getMinY() + y, rgb);
      sink.row(top + y, rgb);
    }
  }

  @Override
  public void close() {
    reader.dispose();
  }
}
