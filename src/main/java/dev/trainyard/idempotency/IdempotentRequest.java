package dev.trainyard.idempotency;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What tells a request that was sent again from a new one. A controller that takes it as an
 * argument gets the header into its OpenAPI description, too.
 *
 * @param keys the values of the header Idempotency-Key, as they were sent
 * @param scope the project, the method and the pattern of the path: each endpoint has keys of its
 *     own
 * @param submitter who sent it: one's keys are not another's
 * @param path part of what is asked for
 */
public record IdempotentRequest(List<String> keys, String scope, String submitter, String path) {

  static final String HEADER = "Idempotency-Key";

  private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");

  /**
   * Whether the client wants it to be done once.
   *
   * @throws ProblemException INVALID_REQUEST, naming the header, when its value is no key
   */
  public boolean hasKey() {
    if (keys.isEmpty()) {
      return false;
    }
    if (keys.size() > 1 || !KEY.matcher(keys.get(0)).matches()) {
      String message = "must be given once, with 1 to 255 visible ASCII characters and no blanks";
      throw new ProblemException(
          Problem.INVALID_REQUEST,
          "'" + HEADER + "' " + message + ".",
          new FieldProblem(HEADER, message));
    }
    return true;
  }

  String key() {
    return keys.get(0);
  }

  /** SHA-256 over the path and what is asked for. */
  String fingerprint(String asked) {
    return Sha256.of((path + "\n" + asked).getBytes(StandardCharsets.UTF_8));
  }
}
