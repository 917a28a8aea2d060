package dev.trainyard.dataset.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The frame of a WebP (RFC 9649): its size, and its chunks reduced to those that hold pixels.
 *
 * @param pixelsOnly the WebP without profile and metadata
 */
record WebpChunks(int width, int height, int channels, int orientation, byte[] pixelsOnly) {

  private static final int RIFF = 12;
  private static final int CHUNK = 8;
  private static final int ANIMATION = 0x02;
  private static final int ALPHA = 0x10;

  static WebpChunks parse(byte[] bytes) throws UnusableImageException {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    Chunk extended = null;
    Chunk alpha = null;
    Chunk pixels = null;
    int orientation = 1;
    long end = Math.min(bytes.length, CHUNK + (in.getInt(4) & 0xFFFFFFFFL));
    if (CHUNK + (in.getInt(4) & 0xFFFFFFFFL) > bytes.length) {
      throw new UnusableImageException("ends too early: the WebP is truncated");
    }
    for (int at = RIFF; at + CHUNK <= end; ) {
      String type = new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
      long length = in.getInt(at + 4) & 0xFFFFFFFFL;
      if (length > end - at - CHUNK) {
        throw new UnusableImageException("ends too early, within a WebP chunk");
      }
      Chunk chunk = new Chunk(at, CHUNK + (int) length);
      switch (type) {
        case "VP8X" -> extended = chunk;
        case "ALPH" -> alpha = chunk;
        case "VP8 ", "VP8L" -> pixels = pixels == null ? chunk : pixels;
        case "ANIM", "ANMF" -> throw animated();
        case "EXIF" -> orientation = exif(bytes, at + CHUNK, at + CHUNK + (int) length);
        default -> {} // a profile, or what another program has put there
      }
      at += CHUNK + (int) (length + (length & 1));
    }
    if (extended != null
        && extended.size() > CHUNK
        && (bytes[extended.at() + CHUNK] & ANIMATION) != 0) {
      throw animated();
    }
    if (pixels == null || pixels.size() < CHUNK + 10) {
      throw new UnusableImageException("is a WebP without an image");
    }
    return frame(bytes, in, pixels, alpha, orientation);
  }

  private record Chunk(int at, int size) {}

  private static WebpChunks frame(
      byte[] bytes, ByteBuffer in, Chunk pixels, @Nullable Chunk alpha, int orientation) {
    int at = pixels.at() + CHUNK;
    if (bytes[pixels.at() + 3] == 'L') {
      int size = in.getInt(at + 1); // after the signature: 14 bits each, and one for transparency
      int channels = (size & 1 << 28) == 0 ? 3 : 4;
      return new WebpChunks(
          (size & 0x3FFF) + 1,
          (size >> 14 & 0x3FFF) + 1,
          channels,
          orientation,
          riff(bytes, new byte[0], pixels));
    }
    int width = in.getShort(at + 6) & 0x3FFF;
    int height = in.getShort(at + 8) & 0x3FFF;
    byte[] only =
        alpha == null
            ? riff(bytes, new byte[0], pixels)
            : riff(bytes, canvas(width, height), alpha, pixels);
    return new WebpChunks(width, height, alpha == null ? 3 : 4, orientation, only);
  }

  private static byte[] canvas(int width, int height) {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK + 10).order(ByteOrder.LITTLE_ENDIAN);
    chunk.put("VP8X".getBytes(StandardCharsets.ISO_8859_1)).putInt(10).putInt(ALPHA);
    chunk.putShort((short) (width - 1)).put((byte) 0).putShort((short) (height - 1)).put((byte) 0);
    return chunk.array();
  }

  private static byte[] riff(byte[] bytes, byte[] first, Chunk... chunks) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    out.writeBytes("RIFF    WEBP".getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(first);
    for (Chunk chunk : chunks) {
      out.write(bytes, chunk.at(), chunk.size());
      if ((chunk.size() & 1) == 1) {
        out.write(0);
      }
    }
    byte[] all = out.toByteArray();
    ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putInt(4, all.length - CHUNK);
    return all;
  }

  private static int exif(byte[] bytes, int from, int end) {
    boolean prefixed =
        end - from > 6 && new String(bytes, from, 4, StandardCharsets.ISO_8859_1).equals("Exif");
    return ExifOrientation.of(bytes, prefixed ? from + 6 : from, end);
  }

  private static UnusableImageException animated() {
    return new UnusableImageException(
        "is an animated WebP; save the picture that is meant as a JPEG or a PNG");
  }
}
