package dev.trainyard.dataset.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts reasons for setting records aside, names and numbers in them left out. */
final class QuarantineCounts {

  private static final int SHOWN = 30;
  private static final Pattern QUOTED = Pattern.compile("'[^']*'");
  private static final Pattern NUMBER = Pattern.compile("\\d[\\d.,]*");

  private QuarantineCounts() {}

  static List<DatasetReport.SetAside> of(Stream<String> reasons) {
    Map<String, Long> counts =
        reasons.collect(
            Collectors.groupingBy(QuarantineCounts::kind, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(SHOWN)
        .map(entry -> new DatasetReport.SetAside(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static String kind(String reason) {
    return NUMBER.matcher(QUOTED.matcher(reason).replaceAll("'...'")).replaceAll("N");
  }
}
