package dev.trainyard.dataset.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Says what is likely to go wrong in training.
 *
 * @param tiny images with a side below 32 pixels
 */
record Warnings(
    List<DatasetReport.ClassShare> classes,
    DatasetReport.Balance balance,
    DuplicateSummary duplicates,
    List<DatasetReport.SetAside> quarantine,
    long images,
    long tiny) {

  private static final int NAMED = 5;
  private static final int FEW = 10;
  private static final double UNBALANCED = 10;
  private static final double MANY = 0.05;

  List<String> words() {
    List<String> words = new ArrayList<>();
    ofDuplicates(words);
    ofClasses(words);
    long setAside = quarantine.stream().mapToLong(DatasetReport.SetAside::records).sum();
    if (setAside > MANY * (images + setAside)) {
      words.add(
          "%s set aside, most often because: %s. The quarantine list names each."
              .formatted(
                  count(setAside, "record was", "records were"), quarantine.get(0).reason()));
    }
    if (tiny > 0) {
      words.add(count(tiny, "image is", "images are") + " less than 32 pixels wide or high.");
    }
    return words;
  }

  private void ofDuplicates(List<String> words) {
    DuplicateSummary.Kind across = duplicates.acrossSplit();
    if (across.images() > 0) {
      words.add(
          count(across.images(), "validation image is", "validation images are")
              + " in training too: the validation accuracy will flatter. duplicates=drop leaves"
              + " such images out when they are added.");
    }
    DuplicateSummary.Kind conflicting = duplicates.conflictingLabels();
    if (conflicting.groups() > 0) {
      words.add(
          count(conflicting.groups(), "image comes", "images come")
              + " with several labels: at most one of them can be learnt.");
    }
    if (duplicates.copies() > MANY * images) {
      words.add(
          count(duplicates.copies(), "image is a copy", "images are copies") + " of another.");
    }
  }

  private void ofClasses(List<String> words) {
    if (balance.largestToSmallest() >= UNBALANCED) {
      Comparator<DatasetReport.ClassShare> size =
          Comparator.comparingLong(c -> c.train() + c.validation());
      words.add(
          "'%s' has %.0f times as many images as '%s': the accuracy will say little of small classes."
              .formatted(
                  classes.stream().max(size).orElseThrow().label(),
                  balance.largestToSmallest(),
                  classes.stream().min(size).orElseThrow().label()));
    }
    named(words, "fewer than " + FEW + " training images", c -> c.train() < FEW);
    if (classes.stream().allMatch(c -> c.validation() == 0)) {
      words.add("No image is held out for validation: nothing tells how good a model is.");
    } else {
      named(words, "no validation image", c -> c.validation() == 0);
    }
  }

  private void named(
      List<String> words, String what, Predicate<DatasetReport.ClassShare> condition) {
    List<String> names =
        classes.stream().filter(condition).map(c -> "'" + c.label() + "'").toList();
    if (!names.isEmpty()) {
      words.add(
          "%s: %s%s."
              .formatted(
                  count(names.size(), "class has ", "classes have ") + what,
                  String.join(", ", names.subList(0, Math.min(NAMED, names.size()))),
                  names.size() > NAMED ? ", ..." : ""));
    }
  }

  private static String count(long number, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
  }
}
