package dev.trainyard.dataset.convert;

/** What a conversion is at. */
public enum ConversionPhase {
  /** It looks what there is: unpacks a tar.gz, reads names and CSV rows, copies TFRecord files. */
  LISTING,
  /** It looks at every image. */
  SCANNING,
  /** It writes the shards. */
  WRITING
}
