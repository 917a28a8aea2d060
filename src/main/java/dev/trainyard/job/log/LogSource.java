package dev.trainyard.job.log;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.trainer.protocol.TrainerLine;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who wrote a line. */
public enum LogSource {
  TRAINER,
  /** Or another library, or the JVM. */
  TENSORFLOW;

  static LogSource of(String line) {
    return TrainerLine.is(line) ? TRAINER : TENSORFLOW;
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws ProblemException INVALID_REQUEST
   */
  public static @Nullable LogSource named(@Nullable String name) {
    if (name == null) {
      return null;
    }
    return Arrays.stream(values())
        .filter(source -> source.wireName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.INVALID_REQUEST,
                    "Nobody called '" + name + "' writes to a log.",
                    new FieldProblem(
                        "source",
                        "must be one of "
                            + Arrays.stream(values())
                                .map(LogSource::wireName)
                                .collect(Collectors.joining(", ")))));
  }
}
