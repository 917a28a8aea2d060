package dev.trainyard.job.log;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which lines are wanted: those of one writer, those that hold some words in whatever case. */
public record LogFilter(@Nullable Pattern words, @Nullable LogSource source) {

  public static LogFilter of(@Nullable String words, @Nullable LogSource source) {
    int anyCase = Pattern.LITERAL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    return new LogFilter(
        words == null || words.isEmpty() ? null : Pattern.compile(words, anyCase), source);
  }

  boolean wants(String line) {
    return (source == null || LogSource.of(line) == source)
        && (words == null || words.matcher(line).find());
  }

  public boolean wantsAll() {
    return words == null && source == null;
  }
}
