package dev.trainyard.dataset.archive;

import java.io.IOException;

/** The archive, or one of its entries, cannot be read; the message is for its sender. */
public class ArchiveException extends IOException {

  private static final long serialVersionUID = 1L;

  public ArchiveException(String message) {
    super(message);
  }
}
