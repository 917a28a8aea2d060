package dev.trainyard.dataset.traits;

import dev.trainyard.dataset.image.ImageTraits;

/** An image of a dataset, as far as a report is concerned. */
public interface ReportedImage {

  /** Its name in the archive. */
  String name();

  /** Index of its label. */
  int label();

  int width();

  int height();

  boolean reencoded();

  ImageTraits traits();
}
