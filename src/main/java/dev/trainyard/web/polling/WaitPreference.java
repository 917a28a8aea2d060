package dev.trainyard.web.polling;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a client would rather wait than be told what it knows. A controller that takes it as an
 * argument gets the header Prefer into its OpenAPI description, too.
 *
 * @param patience RFC 7240's preference, capped; null without, or when it is not understood
 * @param ifNoneMatch entity tags of what the client has
 */
public record WaitPreference(@Nullable Duration patience, List<String> ifNoneMatch) {

  static final String PREFER = "Prefer";
  static final String APPLIED = "Preference-Applied";

  /** A preference with its value and parameters: commas and semicolons may be quoted. */
  private static final Pattern PREFERENCE =
      Pattern.compile("(?:[^,\"]|\"(?:[^\"\\\\]|\\\\.)*+\")++");

  private static final Pattern WAIT =
      Pattern.compile(
          "\\s*wait\\s*=\\s*(?:(\\d+)|\"(\\d+)\")\\s*(?:;.*)?", Pattern.CASE_INSENSITIVE);

  private static final Pattern NAME =
      Pattern.compile("\\s*wait\\s*(?:[=;].*)?", Pattern.CASE_INSENSITIVE);

  static WaitPreference of(List<String> prefer, List<String> ifNoneMatch, Duration longest) {
    return new WaitPreference(wait(prefer, longest), ifNoneMatch);
  }

  /** The first preference of that name counts, and what is no number of seconds is ignored. */
  private static @Nullable Duration wait(List<String> prefer, Duration longest) {
    for (String header : prefer) {
      Matcher preference = PREFERENCE.matcher(header);
      while (preference.find()) {
        if (NAME.matcher(preference.group()).matches()) {
          Matcher wait = WAIT.matcher(preference.group());
          return wait.matches() ? seconds(wait, longest) : null;
        }
      }
    }
    return null;
  }

  private static Duration seconds(Matcher wait, Duration longest) {
    String digits = wait.group(1) == null ? wait.group(2) : wait.group(1);
    try {
      Duration wanted = Duration.ofSeconds(Long.parseLong(digits));
      return wanted.compareTo(longest) < 0 ? wanted : longest;
    } catch (NumberFormatException e) {
      return longest; // more digits than a long has
    }
  }

  /** As it is answered, like {@code wait=60}. */
  String applied() {
    return "wait=" + (patience == null ? 0 : patience.toSeconds());
  }
}
