package dev.trainyard.model.serving;

import dev.trainyard.model.ModelRegistry;
import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.spec.SpecJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/**
 * Reads TensorFlow Serving's row form token by token, so that the text of an image is never in
 * memory, only its bytes.
 */
final class PredictRequestReader {

  private static final String SIGNATURE_NAME = "signature_name";
  private static final String INSTANCES = "instances";
  private static final String IMAGE = "image_bytes";
  private static final String BASE64 = "b64";

  private final JsonParser json;
  private final int maxInstances;

  private PredictRequestReader(JsonParser json, int maxInstances) {
    this.json = json;
    this.maxInstances = maxInstances;
  }

  /**
   * @throws ProblemException MALFORMED_REQUEST when it is no JSON; INVALID_REQUEST naming the field
   *     that is wrong
   */
  static PredictRequest read(InputStream body, int maxInstances) throws IOException {
    try (JsonParser json = SpecJson.MAPPER.createParser(body)) {
      return new PredictRequestReader(json, maxInstances).request();
    } catch (JacksonIOException e) {
      throw e.getCause();
    } catch (JacksonException e) {
      throw new ProblemException(
          Problem.MALFORMED_REQUEST, "The body is not valid JSON: " + e.getOriginalMessage() + ".");
    }
  }

  private PredictRequest request() {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new ProblemException(
          Problem.MALFORMED_REQUEST,
          "The body must be a JSON object: {\"instances\": [{\"image_bytes\": {\"b64\":"
              + " \"...\"}}]}.");
    }
    String signature = ModelRegistry.SERVING_DEFAULT;
    @Nullable List<byte[]> images = null;
    for (String field = json.nextName(); field != null; field = json.nextName()) {
      switch (field) {
        case SIGNATURE_NAME -> signature = text(SIGNATURE_NAME);
        case INSTANCES -> images = instances();
        case "inputs" ->
            throw invalid("inputs", "is the column form; this takes the row form, 'instances'");
        default ->
            throw invalid(field, "is not known; known are " + SIGNATURE_NAME + ", " + INSTANCES);
      }
    }
    if (json.nextToken() != null) {
      throw new ProblemException(
          Problem.MALFORMED_REQUEST, "Something follows the JSON object in the body.");
    }
    if (images == null) {
      throw invalid(INSTANCES, "is required");
    }
    if (images.isEmpty()) {
      throw invalid(INSTANCES, "must hold at least one image");
    }
    return new PredictRequest(signature, images);
  }

  private List<byte[]> instances() {
    if (json.nextToken() != JsonToken.START_ARRAY) {
      throw invalid(INSTANCES, "must be a list");
    }
    List<byte[]> images = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (images.size() == maxInstances) {
        throw invalid(INSTANCES, "must hold at most " + maxInstances + " images");
      }
      images.add(instance(INSTANCES + "[" + images.size() + "]"));
    }
    return images;
  }

  /** At the instance's first token; an image stands in it by its input name or alone. */
  private byte[] instance(String path) {
    byte @Nullable [] image = null;
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw invalid(path, "must be {\"image_bytes\": {\"b64\": \"...\"}}");
    }
    for (String field = json.nextName(); field != null; field = json.nextName()) {
      if (image != null) {
        throw invalid(path, "must hold one image and nothing else");
      }
      image =
          switch (field) {
            case BASE64 -> bytes(path + "." + BASE64);
            case IMAGE -> wrapped(path + "." + IMAGE);
            default -> throw invalid(path + "." + field, "is not known; known is " + IMAGE);
          };
    }
    if (image == null) {
      throw invalid(path + "." + IMAGE, "is required");
    }
    return image;
  }

  private byte[] wrapped(String path) {
    if (json.nextToken() != JsonToken.START_OBJECT || !BASE64.equals(json.nextName())) {
      throw invalid(path, "must be {\"b64\": \"...\"}");
    }
    byte[] bytes = bytes(path + "." + BASE64);
    if (json.nextToken() != JsonToken.END_OBJECT) {
      throw invalid(path, "must hold 'b64' and nothing else");
    }
    return bytes;
  }

  private byte[] bytes(String path) {
    if (json.nextToken() != JsonToken.VALUE_STRING) {
      throw invalid(path, "must be a text in Base64");
    }
    byte[] bytes;
    try {
      bytes = json.getBinaryValue();
    } catch (JacksonIOException | UnexpectedEndOfInputException e) {
      throw e; // not the text's fault
    } catch (JacksonException e) {
      throw invalid(path, "is not Base64");
    }
    if (bytes.length == 0) {
      throw invalid(path, "is empty");
    }
    return bytes;
  }

  private String text(String path) {
    if (json.nextToken() != JsonToken.VALUE_STRING) {
      throw invalid(path, "must be a text");
    }
    return json.getString();
  }

  private static ProblemException invalid(String field, String message) {
    return new ProblemException(
        Problem.INVALID_REQUEST,
        "'" + field + "' " + message + ".",
        new FieldProblem(field, message));
  }
}
