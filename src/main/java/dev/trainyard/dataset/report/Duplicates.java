package dev.trainyard.dataset.report;

import dev.trainyard.dataset.image.Fingerprint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** Finds images with the same image data: sorted by fingerprint, they stand together. */
public final class Duplicates {

  private final List<? extends ReportedImage> train;
  private final List<? extends ReportedImage> validation;
  private final List<int[]> groups = new ArrayList<>();
  private final BitSet leaked = new BitSet();
  private final BitSet leftOut;

  private Duplicates(
      List<? extends ReportedImage> train,
      List<? extends ReportedImage> validation,
      DuplicatePolicy policy) {
    this.train = List.copyOf(train);
    this.validation = List.copyOf(validation);
    Integer[] order = new Integer[train.size() + validation.size()];
    Arrays.setAll(order, i -> i);
    Comparator<Integer> together = Comparator.comparing(this::fingerprint);
    Arrays.sort(order, together.thenComparing(Comparator.naturalOrder()));
    for (int from = 0, to; from < order.length; from = to) {
      Fingerprint common = fingerprint(order[from]);
      to = from + 1;
      while (to < order.length && fingerprint(order[to]).equals(common)) {
        to++;
      }
      if (to - from > 1) {
        addGroup(Arrays.stream(order, from, to).mapToInt(i -> i).toArray());
      }
    }
    groups.sort(Comparator.comparing(group -> group[0]));
    this.leftOut = policy == DuplicatePolicy.DROP ? leaked : new BitSet();
  }

  /** In the order of the listing, which decides on the order of the groups. */
  public static Duplicates of(
      List<? extends ReportedImage> train,
      List<? extends ReportedImage> validation,
      DuplicatePolicy policy) {
    return new Duplicates(train, validation, policy);
  }

  private void addGroup(int[] members) {
    groups.add(members);
    if (isTrain(members[0])) {
      Arrays.stream(members).filter(i -> !isTrain(i)).forEach(i -> leaked.set(i - train.size()));
    }
  }

  /** Those of the validation images that are to be left out of it. */
  public BitSet leftOut() {
    return (BitSet) leftOut.clone();
  }

  List<int[]> groups() {
    return groups;
  }

  boolean isAcrossSplit(int[] group) {
    return isTrain(group[0])
        && Arrays.stream(group).anyMatch(i -> !isTrain(i) && !leftOut.get(i - train.size()));
  }

  boolean hasSeveralLabels(int[] group) {
    return Arrays.stream(group).map(i -> image(i).label()).distinct().count() > 1;
  }

  long inValidation(int[] group) {
    return Arrays.stream(group).filter(i -> !isTrain(i)).count();
  }

  DuplicateSummary.Group described(int[] group, List<String> labels) {
    return new DuplicateSummary.Group(
        name(group), Arrays.stream(group).mapToObj(i -> member(i, labels)).toList());
  }

  DuplicateSummary.Member member(int index, List<String> labels) {
    ReportedImage image = image(index);
    return new DuplicateSummary.Member(image.name(), labels.get(image.label()), split(index));
  }

  String name(int[] group) {
    Fingerprint common = fingerprint(group[0]);
    return "%016x%016x".formatted(common.high(), common.low());
  }

  private String split(int index) {
    if (isTrain(index)) {
      return "train";
    }
    return leftOut.get(index - train.size()) ? "none" : "validation";
  }

  private boolean isTrain(int index) {
    return index < train.size();
  }

  private ReportedImage image(int index) {
    return isTrain(index) ? train.get(index) : validation.get(index - train.size());
  }

  private Fingerprint fingerprint(int index) {
    return image(index).traits().fingerprint();
  }
}
