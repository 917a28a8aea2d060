package dev.trainyard.dataset.jpeg;

/**
 * Mean and mean square of red, green and blue over an image, samples in [0, 1].
 *
 * @param mean three of them
 * @param square likewise
 */
public record ChannelMoments(float[] mean, float[] square) {}
