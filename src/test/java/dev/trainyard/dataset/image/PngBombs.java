package dev.trainyard.dataset.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** A PNG with a text chunk that unfolds to far more than the heap. */
final class PngBombs {

  private PngBombs() {}

  static byte[] withCompressedText(byte[] png, long unfolded) throws IOException {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    chunk.writeBytes("zTXtComment\0\0".getBytes(StandardCharsets.ISO_8859_1));
    byte[] zeros = new byte[1 << 20];
    try (var out = new DeflaterOutputStream(chunk, new Deflater(Deflater.BEST_SPEED))) {
      for (long left = unfolded; left > 0; left -= zeros.length) {
        out.write(zeros);
      }
    }
    byte[] content = chunk.toByteArray();
    CRC32 crc = new CRC32();
    crc.update(content);
    int header = 33; // the signature and the IHDR chunk
    return ByteBuffer.allocate(png.length + content.length + 8)
        .put(png, 0, header)
        .putInt(content.length - 4)
        .put(content)
        .putInt((int) crc.getValue())
        .put(png, header, png.length - header)
        .array();
  }
}
