package dev.trainyard.dataset.image;

/**
 * An image as it goes into a record.
 *
 * @param width in pixels, upright
 * @param height in pixels, upright
 * @param jpeg the bytes that came when {@code reencoded} is false
 */
public record UsableImage(
    int width, int height, byte[] jpeg, boolean reencoded, ImageTraits traits) {}
