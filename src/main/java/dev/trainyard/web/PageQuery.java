package dev.trainyard.web;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is asked for.
 *
 * @param size items at most
 * @param cursor of the last item of the page before; null for the first page
 */
public record PageQuery(int size, @Nullable String cursor) {

  public static final int LARGEST = 500;

  private static final Pattern PLACE = Pattern.compile("(\\d{1,15}):(.+)");
  private static final Pattern CURSOR = Pattern.compile("[A-Za-z0-9._:-]{1,100}");

  public static PageQuery of(int pageSize, @Nullable String pageToken) {
    if (pageSize < 1 || pageSize > LARGEST) {
      throw invalid("pageSize", "must be between 1 and " + LARGEST);
    }
    return new PageQuery(pageSize, pageToken == null ? null : cursor(pageToken));
  }

  /** One more than fits on the page tells whether there is another. */
  public int fetchSize() {
    return size + 1;
  }

  public String cursorOr(String first) {
    return cursor == null ? first : cursor;
  }

  public int numberOr(int first) {
    try {
      return cursor == null ? first : Integer.parseInt(cursor);
    } catch (NumberFormatException e) {
      throw unknownToken();
    }
  }

  public long numberOr(long first) {
    try {
      return cursor == null ? first : Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw unknownToken();
    }
  }

  /** The cursor as a place in a list that is ordered by time; null for the first page. */
  public @Nullable Place place() {
    if (cursor == null) {
      return null;
    }
    Matcher place = PLACE.matcher(cursor);
    if (!place.matches()) {
      throw unknownToken();
    }
    return new Place(Instant.ofEpochMilli(Long.parseLong(place.group(1))), place.group(2));
  }

  /** What is older than this, or as old with a smaller id, comes after it. */
  public record Place(Instant createTime, String id) {

    /** As a cursor. */
    public String cursor() {
      return createTime.toEpochMilli() + ":" + id;
    }
  }

  static String token(String cursor) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(cursor.getBytes(StandardCharsets.UTF_8));
  }

  private static String cursor(String token) {
    try {
      String cursor = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (CURSOR.matcher(cursor).matches()) {
        return cursor;
      }
    } catch (IllegalArgumentException e) {
      // Told below, like any other token that was not given out here.
    }
    throw unknownToken();
  }

  private static ProblemException unknownToken() {
    return invalid("pageToken", "must be the nextPageToken of a previous answer");
  }

  private static ProblemException invalid(String field, String message) {
    return new ProblemException(
        Problem.INVALID_REQUEST,
        "'" + field + "' " + message + ".",
        new FieldProblem(field, message));
  }
}
