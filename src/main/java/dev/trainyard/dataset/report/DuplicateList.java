package dev.trainyard.dataset.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tells of duplicates: all of them in a CSV file, the first few in a report. */
public final class DuplicateList {

  private static final int EXAMPLES = 20;
  private static final int EXAMPLE_SIZE = 50;

  private final Duplicates duplicates;
  private final List<String> labels;

  public DuplicateList(Duplicates duplicates, List<String> labels) {
    this.duplicates = duplicates;
    this.labels = labels;
  }

  /** Columns group, file, label, split; the members of a group stand together. */
  public void write(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write("group,file,label,split\n");
      for (int[] group : duplicates.groups()) {
        String name = duplicates.name(group);
        for (int index : group) {
          DuplicateSummary.Member member = duplicates.member(index, labels);
          out.write(CsvLine.of(name, member.file(), member.label(), member.split()));
        }
      }
    }
  }

  DuplicateSummary summary() {
    long copies = duplicates.groups().stream().mapToLong(group -> group.length - 1L).sum();
    List<int[]> across = duplicates.groups().stream().filter(duplicates::isAcrossSplit).toList();
    List<int[]> several =
        duplicates.groups().stream().filter(duplicates::hasSeveralLabels).toList();
    return new DuplicateSummary(
        duplicates.groups().size(),
        copies,
        kind(across, across.stream().mapToLong(duplicates::inValidation).sum()),
        kind(several, several.stream().mapToLong(group -> group.length).sum()),
        duplicates.leftOut());
  }

  private DuplicateSummary.Kind kind(List<int[]> groups, long images) {
    List<DuplicateSummary.Group> examples = new ArrayList<>();
    for (int[] group : groups.subList(0, Math.min(EXAMPLES, groups.size()))) {
      int[] few = java.util.Arrays.copyOf(group, Math.min(EXAMPLE_SIZE, group.length));
      examples.add(duplicates.described(few, labels));
    }
    return new DuplicateSummary.Kind(groups.size(), images, examples);
  }
}
