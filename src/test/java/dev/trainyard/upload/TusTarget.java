package dev.trainyard.upload;

import dev.trainyard.fuzz.FuzzTarget;
import dev.trainyard.problem.ProblemException;
import java.nio.charset.StandardCharsets;

/** Reads the headers of tus that have a form of their own. */
public final class TusTarget implements FuzzTarget {

  @Override
  public void take(byte[] bytes) {
    String header = new String(bytes, StandardCharsets.ISO_8859_1);
    try {
      UploadMetadata.require(header);
    } catch (ProblemException refused) {
      // As it should be.
    }
    try {
      Checksum.of(header).fits();
    } catch (ProblemException refused) {
      // Likewise.
    }
  }
}
