package dev.trainyard.dataset.convert;

import dev.trainyard.dataset.listing.LayoutRequest;
import java.io.Serializable;

/**
 * What an upload asks for.
 *
 * @param layout entries that it names
 * @param validationFraction share of each class that is held out, when the archive does not split
 * @param seed of the split and of the order of records
 * @param maxBadRecords that may be set aside
 */
public record ConversionOrder(
    LayoutRequest layout,
    double validationFraction,
    long seed,
    int maxBadRecords,
    Scrutiny scrutiny)
    implements Serializable {}
