package dev.trainyard.model.notes;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What people say of a model or a version.
 *
 * @param description free text
 * @param tags texts by key
 */
public record Notes(@Nullable String description, SortedMap<String, String> tags) {

  public static final Notes NONE = new Notes(null, new TreeMap<>());

  private static final int LONGEST_DESCRIPTION = 5000;
  private static final int LONGEST_VALUE = 255;
  private static final int MOST_TAGS = 50;

  private static final Pattern KEY =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\r\\n\\t]]");

  public static Notes of(@Nullable String description, Map<String, String> tags) {
    return new Notes(description, new TreeMap<>(tags));
  }

  /**
   * What a JSON merge patch (RFC 7396) makes of it.
   *
   * @throws ProblemException INVALID_REQUEST, naming every field that does not fit
   */
  public Notes patched(Map<String, ?> patch) {
    List<FieldProblem> errors = new ArrayList<>();
    String newDescription = description;
    SortedMap<String, String> newTags = new TreeMap<>(tags);
    for (Map.Entry<String, ?> change : patch.entrySet()) {
      Object value = change.getValue();
      switch (change.getKey()) {
        case "description" ->
            newDescription = text("description", value, LONGEST_DESCRIPTION, errors);
        case "tags" -> {
          if (value instanceof Map<?, ?> changes) {
            changes.forEach((key, text) -> retag(newTags, String.valueOf(key), text, errors));
          } else if (value == null) {
            newTags.clear();
          } else {
            errors.add(new FieldProblem("tags", "must be an object, or null"));
          }
        }
        default ->
            errors.add(
                new FieldProblem(
                    change.getKey(), "is not a field that changes; those are description, tags"));
      }
    }
    if (newTags.size() > MOST_TAGS) {
      errors.add(
          new FieldProblem(
              "tags", "would be %d; there may be %d".formatted(newTags.size(), MOST_TAGS)));
    }
    if (!errors.isEmpty()) {
      throw new ProblemException(
          Problem.INVALID_REQUEST, "The changes cannot be made; nothing was changed.", errors);
    }
    return new Notes(newDescription, newTags);
  }

  private static void retag(
      SortedMap<String, String> tags,
      String key,
      @Nullable Object value,
      List<FieldProblem> errors) {
    if (value == null) {
      tags.remove(key);
      return;
    }
    if (!KEY.matcher(key).matches()) {
      errors.add(
          new FieldProblem(
              "tags." + key,
              "must be called with 1 to 63 letters, digits, '.', '_', '/' or '-', and start and end with a letter or digit"));
      return;
    }
    String text = text("tags." + key, value, LONGEST_VALUE, errors);
    if (text != null) {
      tags.put(key, text);
    }
  }

  private static @Nullable String text(
      String field, @Nullable Object value, int longest, List<FieldProblem> errors) {
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      errors.add(new FieldProblem(field, "must be a text, or null"));
      return null;
    }
    int length = text.codePointCount(0, text.length());
    if (length > longest) {
      errors.add(
          new FieldProblem(field, "has %d characters; there may be %d".formatted(length, longest)));
    } else if (!isText(text)) {
      errors.add(new FieldProblem(field, "holds a character that is none, such as NUL"));
    }
    return text;
  }

  /** Whether any database takes it. */
  static boolean isText(String text) {
    return !CONTROL.matcher(text).find() && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
