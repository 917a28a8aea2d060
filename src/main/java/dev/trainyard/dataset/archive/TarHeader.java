package dev.trainyard.dataset.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One block of a tar that says what follows (POSIX.1-2001, pax; and what GNU tar makes of it).
 *
 * @param name as this block has it; longer ones come in blocks of their own before it
 * @param size of what follows, in bytes
 * @param type {@code 0} of a file
 */
record TarHeader(String name, long size, char type) {

  static final int SIZE = 512;

  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_SIZE = 8;

  /** Whether these bytes begin with a header. */
  static boolean begins(byte[] start) {
    return start.length >= SIZE && start[0] != 0 && hasChecksum(start);
  }

  static boolean isEnd(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * @throws ArchiveException when it is no header
   */
  static TarHeader of(byte[] block) throws ArchiveException {
    if (!hasChecksum(block)) {
      throw new ArchiveException("The tar archive is broken: a header's checksum does not fit");
    }
    String name = text(block, 0, 100);
    boolean posix = text(block, 257, 6).equals("ustar") && block[262] == 0;
    String prefix = posix ? text(block, 345, 155) : "";
    long size = number(block, 124, 12);
    if (size < 0) {
      throw new ArchiveException("The tar archive is broken: an entry's size is no number");
    }
    return new TarHeader(prefix.isEmpty() ? name : prefix + "/" + name, size, (char) block[156]);
  }

  boolean isFile() {
    return type == 0 || type == '0' || type == '7';
  }

  /** Links, devices and folders have nothing that follows, whatever size they claim. */
  long stored() {
    return type >= '1' && type <= '6' ? 0 : size;
  }

  private static boolean hasChecksum(byte[] block) {
    long sum = 0;
    for (int i = 0; i < SIZE; i++) {
      boolean own = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_SIZE;
      sum += own ? ' ' : block[i] & 0xFF;
    }
    return sum == number(block, CHECKSUM, CHECKSUM_SIZE);
  }

  private static String text(byte[] block, int from, int length) {
    int end = from;
    while (end < from + length && block[end] != 0) {
      end++;
    }
    return new String(block, from, end - from, StandardCharsets.UTF_8);
  }

  /** Octal digits, or a binary number after a byte with the highest bit; -1 when it is neither. */
  private static long number(byte[] block, int from, int length) {
    if ((block[from] & 0x80) != 0) {
      long value = block[from] & 0x3F;
      for (byte b : Arrays.copyOfRange(block, from + 1, from + length)) {
        if (value >>> 55 != 0) {
          return -1;
        }
        value = value << 8 | b & 0xFF;
      }
      return (block[from] & 0x40) != 0 ? -1 : value;
    }
    String digits = text(block, from, length).strip();
    if (digits.isEmpty() || digits.length() > 20 || !digits.matches("[0-7]+")) {
      return digits.isEmpty() ? 0 : -1;
    }
    return Long.parseLong(digits, 8);
  }
}
