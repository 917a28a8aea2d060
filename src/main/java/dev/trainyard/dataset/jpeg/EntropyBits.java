package dev.trainyard.dataset.jpeg;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The bits of one scan without the zeros that are stuffed between them and without restart markers
 * (T.81, B.1.1.5).
 *
 * @param data followed by zeros, so that an MCU can be read past the end
 * @param ends in {@code data}, of what stands between two restart markers
 * @param count of the ends
 * @param next where the scan ended in the file: the marker, or the end of the file
 */
record EntropyBits(byte[] data, int[] ends, int count, int next) {

  /**
   * An MCU has ten blocks at most, a block 64 codes of up to 16 bits and as many for their values.
   */
  static final int SLACK = 10 * 64 * 4 + Long.BYTES;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  /** Restart markers that do not count up end it. */
  static EntropyBits of(byte[] bytes, int start) {
    byte[] data = new byte[bytes.length - start + SLACK];
    int[] ends = new int[1];
    int count = 0;
    int to = 0;
    int from = start;
    while (true) {
      int marker = nextMarker(bytes, from);
      System.arraycopy(bytes, from, data, to, marker - from);
      to += marker - from;
      int code = marker + 1 < bytes.length ? bytes[marker + 1] & 0xFF : -1;
      if (code == 0) {
        data[to++] = (byte) 0xFF;
        from = marker + 2;
        continue;
      }
      ends = count == ends.length ? Arrays.copyOf(ends, 2 * count) : ends;
      ends[count] = to;
      if (code != 0xD0 + (count & 7)) {
        return new EntropyBits(data, ends, count + 1, marker);
      }
      count++;
      from = marker + 2;
    }
  }

  /** Where the scan ends, as {@link #next}, without its bits. */
  static int end(byte[] bytes, int start) {
    int at = nextMarker(bytes, start);
    while (at + 1 < bytes.length && isWithin(bytes[at + 1] & 0xFF)) {
      at = nextMarker(bytes, at + 2);
    }
    return at;
  }

  private static boolean isWithin(int code) {
    return code == 0 || code >= 0xD0 && code <= 0xD7;
  }

  private static int nextMarker(byte[] bytes, int from) {
    int at = from;
    for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
      long inverted = ~(long) LONGS.get(bytes, at);
      if ((inverted - ONES & ~inverted & HIGHS) != 0) {
        break;
      }
    }
    while (at < bytes.length && bytes[at] != -1) {
      at++;
    }
    return at;
  }
}
