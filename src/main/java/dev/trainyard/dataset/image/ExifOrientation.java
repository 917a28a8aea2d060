package dev.trainyard.dataset.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Tag 0x0112 in the first directory of the TIFF structure that EXIF is (CIPA DC-008, 4.6). */
final class ExifOrientation {

  private static final int ORIENTATION = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY_BYTES = 12;

  private ExifOrientation() {}

  /** 1 to 8; 1 when the structure is broken or does not say. */
  static int of(byte[] bytes, int start, int end) {
    if (end - start < 8) {
      return 1;
    }
    ByteBuffer tiff = ByteBuffer.wrap(bytes, start, end - start).slice();
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long directory = tiff.getInt(4) & 0xFFFFFFFFL;
    if (directory + 2 > tiff.limit()) {
      return 1;
    }
    int entries = tiff.getShort((int) directory) & 0xFFFF;
    for (int i = 0; i < entries; i++) {
      long entry = directory + 2 + (long) i * ENTRY_BYTES;
      if (entry + ENTRY_BYTES > tiff.limit()) {
        return 1;
      }
      int at = (int) entry;
      if (tiff.getShort(at) == ORIENTATION && tiff.getShort(at + 2) == SHORT) {
        int value = tiff.getShort(at + 8);
        return value >= 1 && value <= 8 ? value : 1;
      }
    }
    return 1;
  }
}
