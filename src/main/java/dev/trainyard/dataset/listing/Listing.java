package dev.trainyard.dataset.listing;

import dev.trainyard.dataset.archive.Archive;
import java.io.IOException;
import java.util.List;

/**
 * The images of an archive.
 *
 * @param labels sorted by code point, unique
 * @param images in an order that depends on names alone
 */
public record Listing(List<String> labels, List<ListedImage> images) {

  /**
   * Lists an archive whose layout has been chosen.
   *
   * @param bad takes every row and entry that is set aside
   */
  public static Listing of(Archive archive, Contents contents, Layout layout, BadRecords bad)
      throws IOException, TooManyBadRecordsException {
    contents.report(bad);
    return layout instanceof Layout.Csv csv
        ? new CsvListing(archive, contents, csv, bad).list()
        : FolderListing.list(contents, bad);
  }
}
