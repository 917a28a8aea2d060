package dev.trainyard.dataset.convert;

import dev.trainyard.dataset.listing.Split;
import dev.trainyard.dataset.report.Duplicates;
import dev.trainyard.dataset.report.ReportSummary;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The records that a source gives.
 *
 * @param labels those of the base first
 * @param listed records that the source names, usable or not
 * @param train those to train on
 * @param validation those to validate on
 */
public record Harvest(
    List<String> labels,
    int listed,
    List<Inspection.Usable> train,
    List<Inspection.Usable> validation) {

  /**
   * Divides images as their source says, or else by drawing some.
   *
   * @param images in the order of the listing
   * @param splits whether the source makes the split
   */
  public static Harvest divided(
      List<String> labels,
      int listed,
      List<Inspection.Usable> images,
      boolean splits,
      ConversionOrder order) {
    Harvest all = new Harvest(labels, listed, images, new ArrayList<>());
    BitSet heldOut = splits ? new BitSet() : all.draw(order);
    for (int i = 0; i < images.size(); i++) {
      if (images.get(i).listed().split() == Split.VALIDATION) {
        heldOut.set(i);
      }
    }
    return all.holdOut(heldOut);
  }

  /** Which of the training records to validate on. */
  BitSet draw(ConversionOrder order) {
    int[] each = train.stream().mapToInt(Inspection.Usable::label).toArray();
    return StratifiedSplit.heldOut(each, labels.size(), order.validationFraction(), order.seed());
  }

  /** With some of the training records to validate on, too. */
  Harvest holdOut(BitSet out) {
    List<Inspection.Usable> stay = new ArrayList<>();
    List<Inspection.Usable> held = new ArrayList<>(validation);
    for (int i = 0; i < train.size(); i++) {
      (out.get(i) ? held : stay).add(train.get(i));
    }
    return new Harvest(labels, listed, stay, held);
  }

  /** Loses some of the records. */
  void lose(Set<Inspection.Usable> some) {
    if (!some.isEmpty()) {
      train.removeIf(some::contains);
      validation.removeIf(some::contains);
    }
  }

  /**
   * Loses the images that are left out as duplicates.
   *
   * @return those, told apart by identity
   * @throws ConversionException when that were all
   */
  Set<Inspection.Usable> lose(Duplicates duplicates) throws ConversionException {
    Set<Inspection.Usable> some = Collections.newSetFromMap(new IdentityHashMap<>());
    duplicates.leftOutOfTraining().stream().mapToObj(train::get).forEach(some::add);
    duplicates.leftOutOfValidation().stream().mapToObj(validation::get).forEach(some::add);
    if (!some.isEmpty() && some.size() == train.size() + validation.size()) {
      throw new ConversionException(
          ConversionFailure.NO_USABLE_IMAGES,
          "All images to add are on the other side of the split already, and duplicates=drop"
              + " leaves such out.");
    }
    lose(some);
    return some;
  }

  /**
   * Counts them, and what the base has.
   *
   * @throws ConversionException when that is not enough to train on
   */
  Census requireEnough(Base base) throws ConversionException {
    if (!base.isNone() && train.isEmpty() && validation.isEmpty()) {
      throw new ConversionException(
          ConversionFailure.NO_USABLE_IMAGES,
          "None of the " + listed + " images to add can be used; the quarantine list says why.");
    }
    Census census = new Census(labels);
    census.count(base);
    train.forEach(census::countTrain);
    validation.forEach(census::countValidation);
    census.require(listed);
    return census;
  }

  /**
   * The manifest of what there is.
   *
   * @param splits whether the source makes the split
   * @param report null when there is none
   * @throws ConversionException when it is not enough to train on
   */
  public Manifest manifest(
      Base base,
      ConversionOrder order,
      boolean splits,
      long quarantined,
      @Nullable ReportSummary report,
      List<Manifest.Shard> shards)
      throws ConversionException {
    Census census = requireEnough(base);
    double fraction = splits ? share() : order.validationFraction();
    return census.manifest(order.seed(), fraction, quarantined, report, shards);
  }

  private double share() {
    return validation.size() / (double) (train.size() + validation.size());
  }
}
