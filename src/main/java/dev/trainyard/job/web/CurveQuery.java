package dev.trainyard.job.web;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which series are asked for, from which step to which, and how many points of each at most. */
record CurveQuery(
    @Nullable List<String> names,
    @Nullable Long from,
    @Nullable Long to,
    @Nullable Integer points) {

  private static final int MOST_NAMES = 50;
  private static final int USUAL_POINTS = 500;

  CurveQuery {
    refuseUnless(from == null || to == null || to >= from, "to", "must not be less than from");
    refuseUnless(
        names == null || names.size() <= MOST_NAMES, "names", "must be at most " + MOST_NAMES);
  }

  /** Whether what is drawn is wanted, not pages of all points. */
  boolean isDownsampled() {
    return names != null || from != null || to != null || points != null;
  }

  List<String> names(Supplier<List<String>> all) {
    return names == null || names.isEmpty() ? all.get() : names.stream().distinct().toList();
  }

  long first() {
    return from == null ? 0 : from;
  }

  long last() {
    return to == null ? Long.MAX_VALUE : to;
  }

  int most() {
    return points == null ? USUAL_POINTS : points;
  }

  static void refuse(String field, @Nullable Object value, String instead) {
    refuseUnless(value == null, field, "is for pages of JSON alone: use " + instead);
  }

  static void refuseUnless(boolean good, String field, String message) {
    if (!good) {
      throw invalid(field, message);
    }
  }

  static ProblemException invalid(String field, String message) {
    return new ProblemException(
        Problem.INVALID_REQUEST,
        "'" + field + "' " + message + ".",
        new FieldProblem(field, message));
  }
}
