package dev.trainyard.dataset.report;

import dev.trainyard.dataset.image.Fingerprint;
import dev.trainyard.dataset.traits.KnownImages;
import dev.trainyard.dataset.traits.ReportedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Images with the same image data: among new ones, and those that are known already. A place counts
 * the known ones first, then what is to train on, then what is to validate on.
 */
public final class Duplicates {

  private final KnownImages known;
  private final List<? extends ReportedImage> train;
  private final List<? extends ReportedImage> validation;
  private final List<int[]> groups;
  private final BitSet leftOut = new BitSet();

  private Duplicates(
      KnownImages known,
      List<? extends ReportedImage> train,
      List<? extends ReportedImage> validation)
      throws IOException {
    this.known = known;
    this.train = List.copyOf(train);
    this.validation = List.copyOf(validation);
    FingerprintGroups all =
        new FingerprintGroups(
            Math.addExact(known.size(), Math.addExact(train.size(), validation.size())));
    known.forEach(image -> all.add(image.traits().fingerprint()));
    train.forEach(image -> all.add(image.traits().fingerprint()));
    validation.forEach(image -> all.add(image.traits().fingerprint()));
    this.groups = all.groups();
  }

  /**
   * @param known images, of which none is ever left out
   * @param train new ones, in the order of the listing, which decides on the order of the groups
   * @param validation likewise
   */
  public static Duplicates of(
      KnownImages known,
      List<? extends ReportedImage> train,
      List<? extends ReportedImage> validation,
      DuplicatePolicy policy)
      throws IOException {
    Duplicates duplicates = new Duplicates(known, train, validation);
    if (policy == DuplicatePolicy.DROP) {
      duplicates.groups.forEach(duplicates::leaveOut);
    }
    return duplicates;
  }

  /** New images that would put it on both sides of the split; training goes before validation. */
  private void leaveOut(int[] group) {
    boolean knownHeld = Arrays.stream(group).anyMatch(i -> isKnown(i) && !isTrain(i));
    for (int i : group) { // training images come first
      if (!isKnown(i) && (isTrain(i) ? knownHeld : isInTraining(group))) {
        leftOut.set(i);
      }
    }
  }

  private boolean isInTraining(int[] group) {
    return Arrays.stream(group).anyMatch(i -> isTrain(i) && !leftOut.get(i));
  }

  /** Which of the new training images are left out. */
  public BitSet leftOutOfTraining() {
    return leftOut.get(known.size(), known.size() + train.size());
  }

  /** Which of the new validation images are left out. */
  public BitSet leftOutOfValidation() {
    int first = known.size() + train.size();
    return leftOut.get(first, first + validation.size());
  }

  int leftOut() {
    return leftOut.cardinality();
  }

  List<int[]> groups() {
    return groups;
  }

  boolean isAcrossSplit(int[] group) {
    return isInTraining(group) && inValidation(group) > 0;
  }

  boolean hasSeveralLabels(int[] group) {
    return Arrays.stream(group).map(i -> image(i).label()).distinct().count() > 1;
  }

  long inValidation(int[] group) {
    return Arrays.stream(group).filter(i -> !isTrain(i) && !leftOut.get(i)).count();
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
    Fingerprint common = image(group[0]).traits().fingerprint();
    return "%016x%016x".formatted(common.high(), common.low());
  }

  private String split(int index) {
    return leftOut.get(index) ? "none" : isTrain(index) ? "train" : "validation";
  }

  private boolean isKnown(int index) {
    return index < known.size();
  }

  private boolean isTrain(int index) {
    return isKnown(index) ? known.isTrain(index) : index - known.size() < train.size();
  }

  private ReportedImage image(int index) {
    int added = index - known.size();
    if (added < 0) {
      return known.get(index);
    }
    return added < train.size() ? train.get(added) : validation.get(added - train.size());
  }
}
