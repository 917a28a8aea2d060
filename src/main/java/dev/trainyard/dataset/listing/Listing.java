package dev.trainyard.dataset.listing;

import dev.trainyard.dataset.archive.Archive;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The images of an archive.
 *
 * @param labels unique; sorted by code point, or those of the dataset that is added to
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

  /**
   * The same images with the labels of the dataset that they are added to; new ones come after
   * them, so that no label that is in use gets another number.
   */
  public Listing addedTo(List<String> known) {
    List<String> all = Labels.extended(known, labels);
    Map<String, Integer> index = new HashMap<>();
    all.forEach(label -> index.put(label, index.size()));
    return new Listing(
        all,
        images.stream()
            .map(image -> image.labelled(index.getOrDefault(labels.get(image.label()), 0)))
            .toList());
  }
}
