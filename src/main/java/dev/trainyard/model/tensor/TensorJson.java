package dev.trainyard.model.tensor;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.io.OutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON that tensors come and go in: NaN, Infinity and -Infinity stand in it as TensorFlow
 * Serving and Python write them.
 */
public final class TensorJson {

  private static final int DEEPEST = 64;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                  .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .build();

  private TensorJson() {}

  public static JsonGenerator generator(OutputStream out) {
    return MAPPER.createGenerator(out);
  }

  /**
   * Reads the JSON object in {@code body}, and sees that nothing follows it.
   *
   * @param length bytes of the body that are JSON
   * @throws ProblemException MALFORMED_REQUEST when it is not one
   */
  public static <T> T read(byte[] body, int length, Reading<T> reading) {
    try (JsonParser json = MAPPER.createParser(body, 0, length)) {
      json.nextToken();
      if (!json.isExpectedStartObjectToken()) {
        throw malformed("The body must be a JSON object.");
      }
      T read = reading.from(json);
      if (json.nextToken() != null) {
        throw malformed("Something follows the JSON object in the body.");
      }
      return read;
    } catch (StreamConstraintsException e) {
      throw new ProblemException(
          Problem.INVALID_REQUEST,
          "The body's JSON is nested deeper than %d, or has a number or a name that is too long."
              .formatted(DEEPEST));
    } catch (JacksonException e) {
      String why =
          String.valueOf(e.getOriginalMessage()).replaceAll("(?s) \\(start marker.*|\n.*", "");
      throw malformed("The body is not valid JSON: " + why + ".");
    }
  }

  /** A field that is wrong: its path, and a message that goes on after it. */
  public static ProblemException invalid(String field, String message) {
    return new ProblemException(
        Problem.INVALID_REQUEST,
        "'" + field + "' " + message + ".",
        new FieldProblem(field, message));
  }

  private static ProblemException malformed(String message) {
    return new ProblemException(Problem.MALFORMED_REQUEST, message);
  }

  /** Something read from an object whose first token is the current one. */
  public interface Reading<T> {
    T from(JsonParser json);
  }
}
