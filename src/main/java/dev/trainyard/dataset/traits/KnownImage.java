package dev.trainyard.dataset.traits;

import dev.trainyard.dataset.image.ImageTraits;

/**
 * An image that a dataset has.
 *
 * @param train whether it is to train on; else to validate on
 * @param traits without moments
 */
public record KnownImage(
    String name,
    int label,
    boolean train,
    int width,
    int height,
    boolean reencoded,
    ImageTraits traits)
    implements ReportedImage {}
