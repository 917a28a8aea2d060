package dev.trainyard.model.openinference;

import static dev.trainyard.model.tensor.TensorJson.invalid;

import dev.trainyard.model.tensor.Signatures;
import dev.trainyard.trainer.protocol.TensorData;
import dev.trainyard.trainer.protocol.TensorType;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import dev.trainyard.trainer.protocol.TrainerEvent.TensorInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * An input of a request, all but its data.
 *
 * @param hasData whether {@code data} stands in the JSON
 */
record InputHead(
    String path,
    @Nullable String name,
    @Nullable String datatype,
    @Nullable List<Long> shape,
    Parameters parameters,
    boolean hasData) {

  private static final int MOST_SIDES = 16;

  /** At the object's first token. */
  static InputHead read(JsonParser json, String path) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw invalid(path, "must be an object");
    }
    String name = null;
    String datatype = null;
    List<Long> shape = null;
    Parameters parameters = Parameters.none(path + ".parameters");
    boolean hasData = false;
    for (String field = json.nextName(); field != null; field = json.nextName()) {
      json.nextToken();
      String at = path + "." + field;
      switch (field) {
        case "name" -> name = text(json, at);
        case "datatype" -> datatype = text(json, at);
        case "shape" -> shape = shape(json, at);
        case "parameters" -> parameters = Parameters.read(json, at);
        case "data" -> {
          if (hasData) {
            throw invalid(at, "stands there twice");
          }
          hasData = true;
          json.skipChildren();
        }
        default ->
            throw invalid(at, "is not known; known are name, shape, datatype, parameters, data");
      }
    }
    return new InputHead(path, name, datatype, shape, parameters, hasData);
  }

  static String text(JsonParser json, String path) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw invalid(path, "must be a text");
    }
    return json.getString();
  }

  private static List<Long> shape(JsonParser json, String path) {
    List<Long> shape = new ArrayList<>();
    boolean right = json.currentToken() == JsonToken.START_ARRAY;
    while (right && json.nextToken() != JsonToken.END_ARRAY) {
      right =
          json.currentToken() == JsonToken.VALUE_NUMBER_INT
              && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER
              && json.getLongValue() >= 0
              && shape.size() < MOST_SIDES;
      if (right) {
        shape.add(json.getLongValue());
      }
    }
    if (!right) {
      throw invalid(
          path, "must be a list of at most " + MOST_SIDES + " whole numbers, none negative");
    }
    try {
      TensorData.elements(shape);
    } catch (IllegalArgumentException e) {
      throw invalid(path, "has more elements than can be");
    }
    return shape;
  }

  /** What the model says of it; its type must be that. */
  TensorInfo info(SignatureInfo signature) {
    if (name == null) {
      throw invalid(path + ".name", "is required");
    }
    TensorInfo info =
        Signatures.input(signature, name)
            .orElseThrow(
                () ->
                    invalid(
                        path + ".name",
                        "'"
                            + name
                            + "' is not known; known are "
                            + Signatures.inputNames(signature)));
    String wanted = Datatypes.of(info.dtype());
    if (!wanted.equals(datatype)) {
      throw invalid(
          path + ".datatype",
          datatype == null ? "is required: " + wanted : "must be " + wanted + ", not " + datatype);
    }
    return info;
  }

  TensorType type() {
    return Optional.ofNullable(datatype)
        .flatMap(Datatypes::named)
        .orElseThrow(() -> invalid(path + ".datatype", "must be one of " + Datatypes.SERVED));
  }

  List<Long> shapeGiven() {
    if (shape == null) {
      throw invalid(path + ".shape", "is required");
    }
    return shape;
  }

  /** Bytes after the JSON that are its content. */
  Optional<Integer> binarySize() {
    return parameters.number("binary_data_size", 0, Integer.MAX_VALUE);
  }

  /** Whether its texts are Base64, as other servers of the protocol have it. */
  boolean isBase64() {
    return type() == TensorType.STRING
        && parameters.text("content_type").filter("base64"::equals).isPresent();
  }
}
