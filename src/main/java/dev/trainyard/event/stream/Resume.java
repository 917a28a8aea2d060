package dev.trainyard.event.stream;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Where a client goes on.
 *
 * @param after the id of the last event that it has; null when it begins
 */
public record Resume(@Nullable Long after) {

  /**
   * @param header Last-Event-ID, which counts first: a browser sends it when it connects again, to
   *     the same address as before
   * @throws ProblemException INVALID_REQUEST
   */
  public static Resume of(@Nullable String header, @Nullable String parameter) {
    boolean named = header != null && !header.isBlank();
    String given = named ? header : parameter;
    if (given == null || given.isBlank()) {
      return new Resume(null);
    }
    String id = given.strip();
    if (!id.matches("\\d{1,18}")) {
      String field = named ? "Last-Event-ID" : "lastEventId";
      throw new ProblemException(
          Problem.INVALID_REQUEST,
          "'" + field + "' is not the id of an event.",
          new FieldProblem(field, "must be the id of the last event that was received, or 0"));
    }
    return new Resume(Long.valueOf(id));
  }
}
