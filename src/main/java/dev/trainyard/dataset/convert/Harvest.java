package dev.trainyard.dataset.convert;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The records that a source gives.
 *
 * @param labels those of the base first
 * @param listed records that the source names, usable or not
 * @param train those to train on
 * @param validation those to validate on
 */
record Harvest(
    List<String> labels,
    int listed,
    List<Inspection.Usable> train,
    List<Inspection.Usable> validation) {

  /** With some of the training records to validate on, too. */
  Harvest holdOut(BitSet out) {
    List<Inspection.Usable> stay = new ArrayList<>();
    List<Inspection.Usable> held = new ArrayList<>(validation);
    for (int i = 0; i < train.size(); i++) {
      (out.get(i) ? held : stay).add(train.get(i));
    }
    return new Harvest(labels, listed, stay, held);
  }

  /** Loses some of the validation records. */
  void leaveOut(BitSet some) {
    for (int i = some.length() - 1; i >= 0; i = some.previousSetBit(i - 1)) {
      validation.remove(i);
    }
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

  double share() {
    return validation.size() / (double) (train.size() + validation.size());
  }
}
