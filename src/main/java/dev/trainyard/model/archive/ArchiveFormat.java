package dev.trainyard.model.archive;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a model version is packed for a download. */
public enum ArchiveFormat {
  /** Stored, not deflated: weights hardly shrink, and no zlib version can change a byte. */
  ZIP("zip", "application/zip"),
  TAR_GZ("tar.gz", "application/gzip");

  private final String extension;
  private final String mediaType;

  ArchiveFormat(String extension, String mediaType) {
    this.extension = extension;
    this.mediaType = mediaType;
  }

  /** The file name's end, which is also what the API calls the format. */
  public String extension() {
    return extension;
  }

  public String mediaType() {
    return mediaType;
  }

  public static Optional<ArchiveFormat> of(String extension) {
    return Arrays.stream(values()).filter(it -> it.extension.equals(extension)).findFirst();
  }

  /** Every format's name, for messages. */
  public static String known() {
    return Arrays.stream(values()).map(it -> it.extension).collect(Collectors.joining(", "));
  }
}
