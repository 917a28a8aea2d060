package dev.trainyard.upload;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a client says of its upload, in tus's notation. */
final class UploadMetadata {

  private static final Pattern PAIR = Pattern.compile("\\s*[!-+\\x2D-~]+( [A-Za-z0-9+/=]*)?");

  private UploadMetadata() {}

  /**
   * @throws ProblemException INVALID_REQUEST when it is no list of pairs
   */
  static void require(@Nullable String metadata) {
    if (metadata == null) {
      return;
    }
    for (String pair : metadata.split(",", -1)) {
      if (!PAIR.matcher(pair).matches()) {
        String message = "must be pairs of a key and a value in base 64";
        throw new ProblemException(
            Problem.INVALID_REQUEST,
            "'Upload-Metadata' " + message + ".",
            new FieldProblem("Upload-Metadata", message));
      }
    }
  }
}
