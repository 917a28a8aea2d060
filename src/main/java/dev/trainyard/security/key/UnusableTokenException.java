package dev.trainyard.security.key;

import java.nio.file.Path;

/** The token file is there, but holds none. */
public final class UnusableTokenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnusableTokenException(Path file) {
    super(
        "The token file "
            + file
            + " holds no token: ty_, eight letters or digits, _, and forty hexadecimal digits.");
  }
}
