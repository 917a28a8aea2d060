package dev.trainyard.problem.advice;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Bodies that Jackson refuses: what is no JSON is a malformed request and told by line and column;
 * JSON that does not fit is an invalid one and told by the field's path.
 */
final class JsonProblems {

  private static final Pattern GETTER =
      Pattern.compile("from `StreamReadConstraints\\.getMax(\\w+)\\(\\)`");

  private JsonProblems() {}

  static ProblemException of(HttpMessageNotReadableException unreadable) {
    if (!(unreadable.getCause() instanceof JacksonException json)) {
      return new ProblemException(
          Problem.MALFORMED_REQUEST, "The body is missing or cannot be read; send a JSON object.");
    }
    if (json instanceof StreamConstraintsException limit) {
      return beyond(limit);
    }
    FieldProblem field = field(json);
    return field == null ? malformed(json) : RequestProblems.invalid(List.of(field));
  }

  /** Jackson names its method; an operator knows the property that sets it. */
  private static ProblemException beyond(StreamConstraintsException limit) {
    String message = firstSentence(limit);
    String named =
        GETTER
            .matcher(message)
            .replaceAll(
                getter ->
                    "spring.jackson.factory.constraints.read.max"
                        + getter.group(1).replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
    return new ProblemException(
        message.startsWith("Document length") ? Problem.UPLOAD_TOO_LARGE : Problem.INVALID_REQUEST,
        "The body goes beyond a limit: " + named + ".");
  }

  private static @Nullable FieldProblem field(JacksonException json) {
    String path = path(json);
    if (json instanceof UnrecognizedPropertyException unknown) {
      return new FieldProblem(path, "is not a known field; known are " + known(unknown));
    }
    if (json instanceof InvalidTypeIdException type) {
      return ofType(path, type);
    }
    if (json instanceof InputCoercionException coercion) {
      return path.isEmpty()
          ? null
          : new FieldProblem(path, Expectation.of(coercion.getTargetType()) + " in its range");
    }
    if (json instanceof MismatchedInputException mismatch && !path.isEmpty()) {
      return new FieldProblem(path, Expectation.of(mismatch.getTargetType()));
    }
    return null;
  }

  private static String known(UnrecognizedPropertyException unknown) {
    Collection<Object> names = unknown.getKnownPropertyIds();
    return names == null || names.isEmpty()
        ? "none"
        : names.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
  }

  private static FieldProblem ofType(String path, InvalidTypeIdException exception) {
    Class<?> base = exception.getBaseType().getRawClass();
    JsonTypeInfo info = base.getAnnotation(JsonTypeInfo.class);
    String property = info == null ? "type" : info.property();
    JsonSubTypes types = base.getAnnotation(JsonSubTypes.class);
    String names =
        types == null
            ? ""
            : Arrays.stream(types.value())
                .map(JsonSubTypes.Type::name)
                .sorted()
                .collect(Collectors.joining(", "));
    String message =
        exception.getTypeId() == null
            ? "is required: one of " + names
            : "'" + exception.getTypeId() + "' is not known; known are " + names;
    return new FieldProblem(path.isEmpty() ? property : path + "." + property, message);
  }

  /** The path in the notation of bean validation: {@code a.b[0].c}. */
  private static String path(JacksonException json) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : json.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return path.toString();
  }

  private static ProblemException malformed(JacksonException json) {
    TokenStreamLocation at = json.getLocation();
    String where =
        at == null || at.getLineNr() < 1
            ? ""
            : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    String what =
        json instanceof StreamReadException
            ? "The body is not valid JSON"
            : "The body is not the JSON object that is expected here";
    // What Jackson says of a wrong type names our classes; of wrong syntax, only the text.
    String why = json instanceof StreamReadException ? ": " + firstSentence(json) : "";
    return new ProblemException(Problem.MALFORMED_REQUEST, what + where + why + ".");
  }

  private static String firstSentence(JacksonException json) {
    String message = String.valueOf(json.getOriginalMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
