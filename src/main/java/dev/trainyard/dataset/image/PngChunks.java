package dev.trainyard.dataset.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The frame of a PNG (W3C PNG, section 5): its size, and its chunks reduced to those that hold
 * pixels. Compressed texts and profiles, which may unfold a thousandfold, never reach a decoder.
 *
 * @param pixelsOnly the PNG without ancillary chunks, transparency excepted
 */
record PngChunks(int width, int height, int channels, byte[] pixelsOnly) {

  private static final Set<String> NEEDED = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");
  private static final int SIGNATURE = 8;
  private static final int AROUND = 12; // length, type and checksum

  static PngChunks parse(byte[] bytes) throws UnusableImageException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte[] kept = new byte[bytes.length];
    ByteBuffer out = ByteBuffer.wrap(kept).put(bytes, 0, SIGNATURE);
    int at = SIGNATURE;
    boolean ended = false;
    while (!ended) {
      if (at + AROUND > bytes.length) {
        throw new UnusableImageException("ends too early: the PNG has no IEND chunk");
      }
      long length = in.getInt(at) & 0xFFFFFFFFL;
      String type = new String(bytes, at + 4, 4, StandardCharsets.ISO_8859_1);
      if (length > bytes.length - AROUND - at) {
        throw new UnusableImageException("ends too early, within a PNG chunk");
      }
      if (at == SIGNATURE && (!type.equals("IHDR") || length != 13)) {
        throw new UnusableImageException("is a PNG without a header");
      }
      if (NEEDED.contains(type)) {
        out.put(bytes, at, (int) length + AROUND);
      }
      at += (int) length + AROUND;
      ended = type.equals("IEND");
    }
    return new PngChunks(
        in.getInt(SIGNATURE + 8),
        in.getInt(SIGNATURE + 12),
        channels(in.get(SIGNATURE + 17)),
        java.util.Arrays.copyOf(kept, out.position()));
  }

  /** Of a colour type; a palette is of colours. */
  private static int channels(int type) {
    return switch (type) {
      case 0 -> 1;
      case 4 -> 2;
      case 6 -> 4;
      default -> 3;
    };
  }
}
