package dev.trainyard.job.log;

import dev.trainyard.job.log.LogBlock.Line;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the log of one job, which may be long, may grow, or may not be there yet. */
public record LogReader(Path file) {

  /** Of what was found, whatever the number of lines. */
  private static final int MOST_BYTES = 1 << 22;

  private static final int LAST_LINES = 20;
  private static final int LAST_BYTES = 4096;

  /** Writes the wanted lines from an offset to the end. */
  public void copy(LogFilter filter, long from, OutputStream out) throws IOException {
    long end = length();
    for (long at = from; at < end; ) {
      LogBlock block = LogBlock.read(file, at, true);
      StringBuilder text = new StringBuilder();
      for (Line line : block.lines()) {
        if (filter.wants(line.text())) {
          text.append(line.text()).append('\n');
        }
      }
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
      if (block.end() == at) {
        return;
      }
      at = block.end();
    }
  }

  /**
   * Where the last so many wanted lines begin: it is read from the end, only as far as that takes.
   */
  public long tail(LogFilter filter, long lines) throws IOException {
    if (lines == 0) {
      return length();
    }
    long missing = lines;
    for (long end = length(); end > 0; ) {
      long begin = LogBlock.lineStart(file, end - LogBlock.BYTES);
      if (begin >= end) { // one line that is longer than a block
        begin = Math.max(0, end - LogBlock.BYTES);
      }
      List<Long> wanted = starts(filter, begin, end);
      if (wanted.size() >= missing) {
        return wanted.get((int) (wanted.size() - missing));
      }
      missing -= wanted.size();
      end = begin;
    }
    return 0;
  }

  private List<Long> starts(LogFilter filter, long begin, long end) throws IOException {
    List<Long> wanted = new ArrayList<>();
    for (long at = begin; at < end; ) {
      LogBlock block = LogBlock.read(file, at, true);
      for (Line line : block.lines()) {
        if (at < end && filter.wants(line.text())) {
          wanted.add(at);
        }
        at = line.end();
      }
      if (block.lines().isEmpty()) {
        break;
      }
    }
    return wanted;
  }

  /**
   * The wanted lines with their numbers, like {@code 120:step 3/300 loss ...}, and at most 4 MB.
   *
   * @param fromLine counts from 1
   * @param limit of lines
   * @param last the last ones instead of the first
   */
  public Found find(LogFilter filter, long fromLine, int limit, boolean last) throws IOException {
    Deque<String> found = new ArrayDeque<>();
    long bytes = 0;
    long number = 1;
    long end = length();
    for (long at = 0; at < end; ) {
      LogBlock block = LogBlock.read(file, at, true);
      for (Line line : block.lines()) {
        if (number >= fromLine && filter.wants(line.text())) {
          if (!last && (found.size() == limit || bytes > MOST_BYTES)) {
            return new Found(List.copyOf(found), number);
          }
          found.add(number + ":" + line.text());
          bytes += line.text().length();
          while (found.size() > limit || (last && bytes > MOST_BYTES && found.size() > 1)) {
            bytes -= found.remove().length();
          }
        }
        number += line.whole() ? 1 : 0;
      }
      if (block.end() == at) {
        break;
      }
      at = block.end();
    }
    return new Found(List.copyOf(found), null);
  }

  /**
   * @param nextLine where there is more; null when that was all
   */
  public record Found(List<String> lines, @Nullable Long nextLine) {}

  /** What was said last: at most 20 lines and 4 kB. */
  public List<String> lastLines() throws IOException {
    long from = Math.max(0, length() - LAST_BYTES);
    byte[] bytes = LogBlock.bytes(file, from, LAST_BYTES);
    List<String> lines =
        Arrays.stream(new String(bytes, StandardCharsets.UTF_8).split("\r?\n"))
            .filter(line -> !line.isBlank())
            .collect(Collectors.toCollection(ArrayList::new));
    if (from > 0 && lines.size() > 1) {
      lines.remove(0); // the end of a line
    }
    return List.copyOf(lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  long length() throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }
}
