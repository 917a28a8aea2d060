package dev.trainyard.tfrecord;

import java.io.IOException;

/** A record that is not what was written; the message names the file and the offset in bytes. */
public class CorruptRecordException extends IOException {

  private static final long serialVersionUID = 1L;

  public CorruptRecordException(String message) {
    super(message);
  }
}
