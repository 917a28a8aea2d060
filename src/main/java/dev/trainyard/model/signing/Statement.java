package dev.trainyard.model.signing;

import java.nio.charset.StandardCharsets;

/**
 * What is signed of a version.
 *
 * @param origin the id of the job that made it, or of the import
 * @param details as they are stored: the digests of its files, its labels, all that it came from
 */
public record Statement(String model, int version, String origin, String details) {

  /** None but the last part can hold a line's end, so no two statements have the same bytes. */
  byte[] bytes() {
    return String.join(
            "\n", "trainyard model version", model, Integer.toString(version), origin, details)
        .getBytes(StandardCharsets.UTF_8);
  }
}
