package dev.trainyard.model.tensor;

import static dev.trainyard.model.tensor.TensorJson.invalid;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** Bytes as {@code {"b64": "..."}}, the way TensorFlow Serving has them. */
final class Base64Json {

  static final String NAME = "b64";

  private Base64Json() {}

  /** At the object's first token, or at its first name. */
  static byte[] object(JsonParser json, String path) {
    String name =
        json.currentToken() == JsonToken.START_OBJECT ? json.nextName() : json.currentName();
    if (!NAME.equals(name)) {
      throw invalid(path, "must be {\"b64\": \"...\"}");
    }
    byte[] bytes = value(json, path + "." + NAME);
    if (json.nextToken() != JsonToken.END_OBJECT) {
      throw invalid(path, "must hold 'b64' and nothing else");
    }
    return bytes;
  }

  private static byte[] value(JsonParser json, String path) {
    if (json.nextToken() != JsonToken.VALUE_STRING) {
      throw invalid(path, "must be a text in Base64");
    }
    try {
      return json.getBinaryValue();
    } catch (UnexpectedEndOfInputException e) {
      throw e; // not the text's fault
    } catch (JacksonException e) {
      throw invalid(path, "is not Base64");
    }
  }
}
