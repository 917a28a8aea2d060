package dev.trainyard.process;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a child that may no longer be itself: one that does not end is cut, so that it never
 * costs more than a few megabytes.
 */
public final class Lines {

  /** The longest that ours say are evaluations of datasets with very many classes. */
  static final int LONGEST = 8 << 20;

  private final Reader in;
  private final char[] buffer = new char[8192];
  private int next;
  private int end;

  public Lines(Reader in) {
    this.in = in;
  }

  /** The next line, without its end; null when there is none. */
  public @Nullable String next() throws IOException {
    StringBuilder line = new StringBuilder();
    boolean any = false;
    while (next < end || fill()) {
      any = true;
      int start = next;
      while (next < end && buffer[next] != '\n') {
        next++;
      }
      line.append(buffer, start, Math.min(next - start, LONGEST - line.length()));
      if (next < end) {
        next++;
        return withoutReturn(line);
      }
    }
    return any ? withoutReturn(line) : null;
  }

  private boolean fill() throws IOException {
    next = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }

  private static String withoutReturn(StringBuilder line) {
    int length = line.length();
    return length > 0 && line.charAt(length - 1) == '\r'
        ? line.substring(0, length - 1)
        : line.toString();
  }
}
