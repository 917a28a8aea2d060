package dev.trainyard.trainer.protocol;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A line that the trainer itself adds to a job's log: {@code 2026-11-23T10:00:03.071Z [trainer]
 * checkpoint of step 100 saved}. Whatever has no such beginning was written by TensorFlow, or
 * another library, or the JVM.
 */
public final class TrainerLine {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final int TIME_LENGTH = "2026-11-23T10:00:03.071Z".length();
  private static final String MARK = " [trainer] ";

  private TrainerLine() {}

  public static String of(Instant time, String words) {
    return TIME.format(time) + MARK + words;
  }

  public static boolean is(String line) {
    return line.startsWith(MARK, TIME_LENGTH);
  }
}
