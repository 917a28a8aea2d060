package dev.trainyard.dataset.traits;

import java.io.IOException;

/** The file is not what was written; the message is a phrase about it. */
public class DamagedTraitsException extends IOException {

  private static final long serialVersionUID = 1L;

  DamagedTraitsException(String message) {
    super(message);
  }
}
