package dev.trainyard.event;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What an event tells of; {@code src/docs/events.md} is held to this list by a test. */
public enum EventType {
  /** A job has entered a state. */
  TRANSITION,
  /** Its trainer has begun something that one may wait for. */
  PHASE,
  /** Steps were made. */
  PROGRESS,
  EVALUATION,
  /** A checkpoint is on disk. */
  CHECKPOINT,
  /** Its trainer has noticed something. */
  WARNING,
  /** A dataset was uploaded, is being converted, or has come to its end. */
  DATASET,
  /** A version of a model is ready. */
  MODEL,
  /** An alias of a model stands for another version. */
  ALIAS,
  /** A job, a dataset or a version is gone. */
  DELETED;

  /** As it is called on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Those of the names; all when there are none.
   *
   * @throws ProblemException INVALID_REQUEST
   */
  public static Set<EventType> of(List<String> names) {
    if (names.isEmpty()) {
      return EnumSet.allOf(EventType.class);
    }
    return names.stream()
        .map(EventType::of)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(EventType.class)));
  }

  private static EventType of(String name) {
    return Arrays.stream(values())
        .filter(type -> type.wireName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.INVALID_REQUEST,
                    "There is no type of event '" + name + "'.",
                    new FieldProblem(
                        "type",
                        "must be one of "
                            + Arrays.stream(values())
                                .map(EventType::wireName)
                                .collect(Collectors.joining(", ")))));
  }
}
