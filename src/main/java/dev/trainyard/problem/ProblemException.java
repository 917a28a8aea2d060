package dev.trainyard.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a request with an entry of the catalogue. The detail is shown to the client. */
public class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Problem problem;
  private final transient List<FieldProblem> errors;
  private @Nullable Integer retryAfter;

  public ProblemException(Problem problem, String detail, FieldProblem... errors) {
    this(problem, detail, List.of(errors));
  }

  public ProblemException(Problem problem, String detail, List<FieldProblem> errors) {
    super(detail);
    this.problem = problem;
    this.errors = List.copyOf(errors);
  }

  /** The same request may succeed after so many seconds. */
  public ProblemException retryAfter(int seconds) {
    this.retryAfter = seconds;
    return this;
  }

  /** For the header Retry-After; null without. */
  public @Nullable Integer retryAfter() {
    return retryAfter;
  }

  public Problem problem() {
    return problem;
  }

  public List<FieldProblem> errors() {
    return errors;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }
}
