package dev.trainyard.dataset.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Makes a baseline RGB JPEG of quality 95, turned as EXIF's orientation says. */
final class UprightJpeg {

  private static final float QUALITY = 0.95f;

  private UprightJpeg() {}

  /** Pixels, and the JPEG that they became. */
  record Encoded(int width, int height, byte[] jpeg) {}

  static Encoded encode(PixelSource source, int orientation)
      throws IOException, UnusableImageException {
    int width = source.width();
    int height = source.height();
    boolean sideways = orientation >= 5;
    BufferedImage upright =
        new BufferedImage(
            sideways ? height : width, sideways ? width : height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) upright.getRaster().getDataBuffer()).getData();
    int stride = upright.getWidth();
    source.forEachRow(
        (y, row) -> {
          for (int x = 0; x < width; x++) {
            int at = 3 * position(orientation, x, y, width, height, stride);
            bgr[at] = (byte) row[x];
            bgr[at + 1] = (byte) (row[x] >> 8);
            bgr[at + 2] = (byte) (row[x] >> 16);
          }
        });
    return new Encoded(upright.getWidth(), upright.getHeight(), write(upright));
  }

  /** Where the stored pixel (x, y) belongs (TIFF 6.0, tag Orientation). */
  private static int position(int orientation, int x, int y, int width, int height, int stride) {
    int right = width - 1 - x;
    int bottom = height - 1 - y;
    return switch (orientation) {
      case 2 -> y * stride + right;
      case 3 -> bottom * stride + right;
      case 4 -> bottom * stride + x;
      case 5 -> x * stride + y;
      case 6 -> x * stride + bottom;
      case 7 -> right * stride + bottom;
      case 8 -> right * stride + y;
      default -> y * stride + x;
    };
  }

  private static byte[] write(BufferedImage image) throws IOException {
    ImageWriter writer = Decoders.jpegWriter();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(QUALITY);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }
}
