package dev.trainyard.problem.advice;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/** What a value of a Java type looks like to somebody who writes JSON. */
final class Expectation {

  private static final Set<Class<?>> WHOLE =
      Set.of(
          int.class,
          long.class,
          short.class,
          byte.class,
          Integer.class,
          Long.class,
          Short.class,
          Byte.class,
          java.math.BigInteger.class);
  private static final Set<Class<?>> REAL =
      Set.of(double.class, float.class, Double.class, Float.class, java.math.BigDecimal.class);

  private Expectation() {}

  static String of(@Nullable Class<?> type) {
    if (type == null) {
      return "has the wrong type";
    }
    if (WHOLE.contains(type)) {
      return "must be a whole number";
    }
    if (REAL.contains(type)) {
      return "must be a number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "must be true or false";
    }
    if (type == Duration.class) {
      return "must be a duration such as PT2H30M";
    }
    if (type == UUID.class) {
      return "must be an id, such as 0e437b12-5d84-42cb-b1ee-1893d5cbc35f";
    }
    if (type.isEnum()) {
      return "must be one of " + names(type);
    }
    if (MultipartFile.class.isAssignableFrom(type)) {
      return "must be a file, not a text: with curl, put '@' before its name";
    }
    if (type == String.class) {
      return "must be a text";
    }
    if (type.isArray() || Collection.class.isAssignableFrom(type)) {
      return "must be a list";
    }
    if (type.isRecord() || type.isInterface() || Map.class.isAssignableFrom(type)) {
      return "must be an object";
    }
    return "cannot be read as a " + type.getSimpleName();
  }

  private static String names(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> name(type, ((Enum<?>) constant).name()))
        .collect(Collectors.joining(", "));
  }

  /** As JSON has it, which may differ from the constant's name. */
  private static String name(Class<?> type, String constant) {
    try {
      JsonProperty property = type.getField(constant).getAnnotation(JsonProperty.class);
      return property == null ? constant : property.value();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e); // every constant is a field
    }
  }
}
