package dev.trainyard.model.archive;

import java.io.IOException;

/** A file that was to be packed is not what it should be. */
public class DamagedFileException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String path;

  DamagedFileException(String path) {
    super(path + " does not have its digest");
    this.path = path;
  }

  /** Below the version's folder. */
  public String path() {
    return path;
  }
}
