package dev.trainyard.model.serving;

import static dev.trainyard.model.tensor.TensorJson.invalid;

import dev.trainyard.model.tensor.TensorJson;
import dev.trainyard.tfrecord.Feature;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the body of TensorFlow Serving's classify and regress: {@code examples}, each an object of
 * features, and {@code context}, whose features belong to all of them.
 */
final class ExamplesReader {

  private final int maxExamples;
  private String signatureName = "";
  private final List<Map<String, Feature>> examples = new ArrayList<>();
  private final Map<String, Feature> context = new HashMap<>();

  private ExamplesReader(int maxExamples) {
    this.maxExamples = maxExamples;
  }

  static ExampleRequest read(byte[] body, int maxExamples) {
    ExamplesReader reader = new ExamplesReader(maxExamples);
    return TensorJson.read(body, body.length, reader::request);
  }

  private ExampleRequest request(JsonParser json) {
    for (String field = json.nextName(); field != null; field = json.nextName()) {
      JsonToken value = json.nextToken();
      switch (field) {
        case "signature_name" -> {
          if (value != JsonToken.VALUE_STRING) {
            throw invalid(field, "must be a text");
          }
          signatureName = json.getString();
        }
        case "context" -> features(json, context, field);
        case "examples" -> examples(json);
        default ->
            throw invalid(field, "is not known; known are signature_name, context, examples");
      }
    }
    if (examples.isEmpty()) {
      throw invalid("examples", "must hold at least one example");
    }
    List<Map<String, Feature>> whole = new ArrayList<>();
    for (Map<String, Feature> example : examples) {
      Map<String, Feature> features = new HashMap<>(context);
      features.putAll(example);
      whole.add(features);
    }
    return new ExampleRequest(signatureName, whole);
  }

  private void examples(JsonParser json) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw invalid("examples", "must be a list");
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (examples.size() == maxExamples) {
        throw invalid("examples", "must hold at most " + maxExamples + " examples");
      }
      Map<String, Feature> features = new HashMap<>();
      features(json, features, "examples[" + examples.size() + "]");
      examples.add(features);
    }
  }

  private static void features(JsonParser json, Map<String, Feature> features, String path) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw invalid(path, "must be an object of features");
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      features.put(name, feature(json, path + "." + name));
    }
  }

  /** Of one value or a list of them, all of the same kind. */
  private static Feature feature(JsonParser json, String path) {
    List<Object> values = new ArrayList<>();
    if (json.currentToken() == JsonToken.START_ARRAY) {
      while (json.nextToken() != JsonToken.END_ARRAY) {
        values.add(value(json, path));
      }
    } else {
      values.add(value(json, path));
    }
    if (values.stream().allMatch(Long.class::isInstance)) {
      return new Feature.Int64s(values.stream().map(Long.class::cast).toList());
    }
    if (values.stream().allMatch(Number.class::isInstance)) {
      return new Feature.Floats(
          values.stream().map(value -> ((Number) value).floatValue()).toList());
    }
    if (values.stream().allMatch(byte[].class::isInstance)) {
      return new Feature.Bytes(values.stream().map(byte[].class::cast).toList());
    }
    throw invalid(path, "must not mix numbers and texts");
  }

  private static Object value(JsonParser json, String path) {
    switch (json.currentToken()) {
      case VALUE_STRING -> {
        return json.getString().getBytes(StandardCharsets.UTF_8);
      }
      case VALUE_NUMBER_INT -> {
        if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
          throw invalid(path, "is out of range");
        }
        return json.getLongValue();
      }
      case VALUE_NUMBER_FLOAT -> {
        float value = json.getFloatValue();
        if (Float.isInfinite(value) && !json.isNaN()) { // as it stands there
          throw invalid(path, "is out of range");
        }
        return value;
      }
      case START_OBJECT -> {
        return base64(json, path);
      }
      default -> throw invalid(path, "must be numbers, texts or {\"b64\": \"...\"}");
    }
  }

  private static byte[] base64(JsonParser json, String path) {
    boolean right = "b64".equals(json.nextName()) && json.nextToken() == JsonToken.VALUE_STRING;
    String text = right ? json.getString() : "";
    if (!right || json.nextToken() != JsonToken.END_OBJECT) {
      throw invalid(path, "must be {\"b64\": \"...\"}");
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw invalid(path + ".b64", "is not Base64");
    }
  }
}
