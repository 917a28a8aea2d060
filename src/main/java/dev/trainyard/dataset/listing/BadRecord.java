package dev.trainyard.dataset.listing;

import org.jspecify.annotations.Nullable;

/**
 * Something that was set aside.
 *
 * @param file an image in the archive, or the CSV file that {@code row} is of
 * @param row line of the CSV file, from 1; null for an image found in a folder
 * @param reason what is wrong with it
 */
public record BadRecord(String file, @Nullable Long row, String reason) {}
