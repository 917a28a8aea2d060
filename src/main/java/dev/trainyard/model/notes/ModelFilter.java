package dev.trainyard.model.notes;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which models are asked for.
 *
 * @param prefix of their names; empty for any
 * @param tags that they all have, each as {@code key:value}
 */
public record ModelFilter(String prefix, Set<String> tags) {

  private static final Pattern PREFIX = Pattern.compile("[a-z0-9._-]{0,63}");

  /**
   * @throws ProblemException INVALID_REQUEST when a tag has no key
   */
  public static ModelFilter of(@Nullable String prefix, @Nullable List<String> tags) {
    Set<String> wanted = new TreeSet<>(tags == null ? List.of() : tags);
    for (String tag : wanted) {
      if (tag.indexOf(':') < 1 || !Notes.isText(tag)) {
        throw invalid("tag", "must be key:value");
      }
    }
    if (prefix != null && !PREFIX.matcher(prefix).matches()) {
      throw invalid("namePrefix", "must be lower-case letters, digits, '.', '_' or '-'");
    }
    return new ModelFilter(prefix == null ? "" : prefix, wanted);
  }

  private static ProblemException invalid(String field, String message) {
    return new ProblemException(
        Problem.INVALID_REQUEST,
        "'" + field + "' " + message + ".",
        new FieldProblem(field, message));
  }
}
