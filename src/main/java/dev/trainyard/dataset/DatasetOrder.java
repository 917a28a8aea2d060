package dev.trainyard.dataset;

import dev.trainyard.dataset.convert.ConversionOrder;
import dev.trainyard.dataset.convert.Scrutiny;
import dev.trainyard.dataset.listing.LayoutRequest;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as a request asks for it; what it leaves out has a default, or the value of the dataset
 * that is added to.
 *
 * @param name of the dataset; not needed when one is added to
 * @param appendTo id or name of the dataset that is added to
 * @param layout entries that it names
 * @param validationFraction share of each class that is held out
 * @param seed of the split and of the order of records
 * @param maxBadRecords that may be set aside
 * @param scrutiny how closely it is looked at
 */
public record DatasetOrder(
    @Nullable String name,
    @Nullable String appendTo,
    LayoutRequest layout,
    @Nullable Double validationFraction,
    @Nullable Long seed,
    @Nullable Integer maxBadRecords,
    Scrutiny scrutiny) {

  private static final double DEFAULT_FRACTION = 0.1;

  boolean asksForSplit() {
    return validationFraction != null;
  }

  ConversionOrder completed(DatasetProperties defaults, @Nullable Dataset base) {
    ConversionOrder before =
        base == null
            ? new ConversionOrder(layout, DEFAULT_FRACTION, 1, defaults.maxBadRecords(), scrutiny)
            : base.order();
    return new ConversionOrder(
        layout,
        validationFraction == null ? before.validationFraction() : validationFraction,
        seed == null ? before.seed() : seed,
        maxBadRecords == null ? defaults.maxBadRecords() : maxBadRecords,
        scrutiny);
  }
}
