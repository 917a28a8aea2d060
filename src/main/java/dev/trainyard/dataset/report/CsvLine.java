package dev.trainyard.dataset.report;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A line of a CSV file (RFC 4180, but for its end). */
public final class CsvLine {

  private CsvLine() {}

  public static String of(String... fields) {
    return Arrays.stream(fields).map(CsvLine::quoted).collect(Collectors.joining(",", "", "\n"));
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == '"' || c == ',' || c < ' ');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
