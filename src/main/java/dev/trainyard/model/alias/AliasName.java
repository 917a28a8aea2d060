package dev.trainyard.model.alias;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.util.regex.Pattern;

/** What an alias may be called: never like a version's number, which stands in the same places. */
public final class AliasName {

  /** Stands for the highest version, always: nobody moves it. */
  public static final String LATEST = "latest";

  private static final Pattern VALID = Pattern.compile("[a-z]([a-z0-9._-]{0,61}[a-z0-9])?");
  private static final String RULE =
      "must be 1 to 63 lower-case letters, digits, '.', '_' or '-', begin with a letter, and end"
          + " with a letter or digit";

  private AliasName() {}

  public static boolean isValid(String alias) {
    return VALID.matcher(alias).matches() && !alias.equals(LATEST);
  }

  /**
   * The same.
   *
   * @throws ProblemException INVALID_REQUEST, naming the field
   */
  public static String require(String alias) {
    if (isValid(alias)) {
      return alias;
    }
    String message =
        alias.equals(LATEST) ? "is reserved: 'latest' is always the highest version" : RULE;
    throw new ProblemException(
        Problem.INVALID_REQUEST,
        "The alias '" + alias + "' " + message + ".",
        new FieldProblem("alias", message));
  }
}
