package dev.trainyard.model.openinference;

import static dev.trainyard.model.tensor.TensorJson.invalid;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** An object of texts, numbers and truth values; those that nobody knows do no harm. */
record Parameters(String path, Map<String, Object> values) {

  private static final int MOST = 64;

  static Parameters none(String path) {
    return new Parameters(path, Map.of());
  }

  /** At the object's first token. */
  static Parameters read(JsonParser json, String path) {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return none(path);
    }
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw invalid(path, "must be an object");
    }
    Map<String, Object> values = new HashMap<>();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (values.size() == MOST) {
        throw invalid(path, "must hold at most " + MOST + " parameters");
      }
      switch (json.nextToken()) {
        case VALUE_STRING -> values.put(name, json.getString());
        case VALUE_TRUE -> values.put(name, true);
        case VALUE_FALSE -> values.put(name, false);
        case VALUE_NUMBER_INT -> {
          if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw invalid(path + "." + name, "is out of range");
          }
          values.put(name, json.getLongValue());
        }
        default -> json.skipChildren();
      }
    }
    return new Parameters(path, values);
  }

  Optional<String> text(String name) {
    return value(name, String.class, "a text");
  }

  Optional<Boolean> flag(String name) {
    return value(name, Boolean.class, "true or false");
  }

  /** Between {@code least} and {@code most}. */
  Optional<Integer> number(String name, long least, long most) {
    Optional<Long> number = value(name, Long.class, "a whole number");
    if (number.isPresent() && (number.get() < least || number.get() > most)) {
      throw invalid(path + "." + name, "must be from " + least + " to " + most);
    }
    return number.map(Long::intValue);
  }

  private <T> Optional<T> value(String name, Class<T> type, String kind) {
    Object value = values.get(name);
    if (value != null && !type.isInstance(value)) {
      throw invalid(path + "." + name, "must be " + kind);
    }
    return Optional.ofNullable(value).map(type::cast);
  }
}
