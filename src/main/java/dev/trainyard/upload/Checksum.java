package dev.trainyard.upload;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/**
 * What the bytes of one request are to add up to (tus's checksum extension).
 *
 * @param digest takes the bytes
 * @param expected that it should come to
 */
record Checksum(MessageDigest digest, byte[] expected) {

  private static final Map<String, String> ALGORITHMS =
      Map.of("sha1", "SHA-1", "sha256", "SHA-256", "md5", "MD5");

  /**
   * @param header an algorithm and a value in base 64
   * @throws ProblemException MALFORMED_REQUEST
   */
  static Checksum of(String header) {
    String[] words = header.strip().split(" +");
    String algorithm = ALGORITHMS.get(words[0]);
    if (algorithm == null || words.length != 2) {
      throw malformed("must be sha1, sha256 or md5 and a value in base 64");
    }
    try {
      return new Checksum(
          MessageDigest.getInstance(algorithm), Base64.getDecoder().decode(words[1]));
    } catch (IllegalArgumentException e) {
      throw malformed("has a value that is not in base 64");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java runtime has these
    }
  }

  boolean fits() {
    return MessageDigest.isEqual(digest.digest(), expected);
  }

  private static ProblemException malformed(String message) {
    return new ProblemException(
        Problem.MALFORMED_REQUEST,
        "'Upload-Checksum' " + message + ".",
        new FieldProblem("Upload-Checksum", message));
  }
}
