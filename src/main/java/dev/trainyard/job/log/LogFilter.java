package dev.trainyard.job.log;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which lines are wanted.
 *
 * @param words that they hold, in whatever case; in lower case here
 * @param source who wrote them
 */
public record LogFilter(@Nullable String words, @Nullable LogSource source) {

  public static LogFilter of(@Nullable String words, @Nullable LogSource source) {
    return new LogFilter(
        words == null || words.isEmpty() ? null : words.toLowerCase(Locale.ROOT), source);
  }

  boolean wants(String line) {
    return (source == null || LogSource.of(line) == source)
        && (words == null || line.toLowerCase(Locale.ROOT).contains(words));
  }

  public boolean wantsAll() {
    return words == null && source == null;
  }
}
