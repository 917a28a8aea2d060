package dev.trainyard.job.log;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Some lines of a log.
 *
 * @param end where the next block begins; the same as the beginning when there is nothing yet
 */
record LogBlock(List<Line> lines, long end) {

  /** A line that is longer than a block counts as several. */
  static final int BYTES = 1 << 16;

  private static final byte NEWLINE = '\n';

  /**
   * @param end just behind it
   * @param whole whether a line feed ends it
   */
  record Line(String text, long end, boolean whole) {}

  /**
   * The lines from an offset on that fit into one block.
   *
   * @param rest whether a last line without a line feed is one, or still being written
   */
  static LogBlock read(Path file, long from, boolean rest) throws IOException {
    byte[] bytes = bytes(file, from, BYTES);
    List<Line> lines = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == NEWLINE) {
        lines.add(line(bytes, begin, i, from + i + 1, true));
        begin = i + 1;
      }
    }
    boolean tooLong = begin == 0 && bytes.length == BYTES;
    if (begin < bytes.length && (tooLong || (rest && bytes.length < BYTES))) {
      lines.add(line(bytes, begin, bytes.length, from + bytes.length, false));
    }
    return new LogBlock(lines, lines.isEmpty() ? from : lines.get(lines.size() - 1).end());
  }

  private static Line line(byte[] bytes, int begin, int end, long offset, boolean whole) {
    int length = end > begin && bytes[end - 1] == '\r' ? end - begin - 1 : end - begin;
    return new Line(new String(bytes, begin, length, StandardCharsets.UTF_8), offset, whole);
  }

  /** Where the first line begins that begins at an offset or in the block behind it. */
  static long lineStart(Path file, long from) throws IOException {
    if (from <= 0) {
      return 0;
    }
    byte[] bytes = bytes(file, from - 1, BYTES);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == NEWLINE) {
        return from + i;
      }
    }
    return from;
  }

  static byte[] bytes(Path file, long from, int most) throws IOException {
    if (!Files.exists(file)) {
      return new byte[0];
    }
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
      byte[] bytes = new byte[(int) Math.max(0, Math.min(most, open.length() - from))];
      open.seek(from);
      open.readFully(bytes);
      return bytes;
    }
  }
}
