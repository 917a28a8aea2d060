package dev.trainyard.dataset.convert;

/** Why an upload did not become a dataset. */
public enum ConversionFailure {
  ARCHIVE_BROKEN,
  LAYOUT_UNCLEAR,
  NO_USABLE_IMAGES,
  TOO_FEW_CLASSES,
  CLASS_WITHOUT_TRAINING_IMAGE,
  TOO_MANY_BAD_RECORDS,
  DISK_FULL,
  UPLOAD_LOST,
  FOLDER_UNAVAILABLE,
  BASE_LOST,
  INTERNAL_ERROR
}
