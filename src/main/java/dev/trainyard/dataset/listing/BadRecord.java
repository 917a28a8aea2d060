package dev.trainyard.dataset.listing;

import org.jspecify.annotations.Nullable;

/**
 * Something that was set aside.
 *
 * @param file an image in the archive, or the CSV file that {@code row} is of
 * @param row line of the CSV file, from 1; null for an image found in a folder
 * @param reason what is wrong with it
 */
public record BadRecord(String file, @Nullable Long row, String reason) {

  private static final int LONGEST = 500;

  /** What is quoted of a file may be as long as its sender likes, and all are kept in memory. */
  public BadRecord {
    file = cut(file);
    reason = cut(reason);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
  }
}
