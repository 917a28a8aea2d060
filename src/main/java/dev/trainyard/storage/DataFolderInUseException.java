package dev.trainyard.storage;

import java.nio.file.Path;

/** Two services may not work on one data folder. */
class DataFolderInUseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DataFolderInUseException(Path folder) {
    super("The data folder " + folder + " is in use by another service.");
  }
}
