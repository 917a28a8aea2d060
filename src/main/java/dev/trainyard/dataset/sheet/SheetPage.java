package dev.trainyard.dataset.sheet;

import dev.trainyard.dataset.convert.ClassCount;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * What a sheet shows.
 *
 * @param title name and version of the dataset
 * @param subtitle what is in it
 * @param rows the classes of this page
 * @param footer which page it is
 */
record SheetPage(String title, String subtitle, List<Row> rows, String footer) {

  /** One class. */
  record Row(ClassCount label, List<Picture> pictures) {}

  /** One of its images. */
  record Picture(String filename, boolean validation, BufferedImage thumbnail) {}
}
