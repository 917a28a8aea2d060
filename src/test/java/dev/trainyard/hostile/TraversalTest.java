package dev.trainyard.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.ApiClient;
import dev.trainyard.TemporaryData;
import dev.trainyard.hostile.Places.Place;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Paths of files that nobody may read, wherever a request can have a text. */
class TraversalTest extends HostileService {

  /** Every so many. All of them are some 135,000 requests: -Dtrainyard.hostile.every=1. */
  private static final int EVERY = Integer.getInteger("trainyard.hostile.every", 60);

  @Test
  void no_spelling_of_a_path_in_any_place_reads_or_writes_a_file_outside() throws IOException {
    List<Place> places = Places.in(new ApiClient(port).get("/v3/api-docs").json());
    List<String> spellings = Spellings.of(CANARY);
    assertThat(spellings).hasSizeGreaterThanOrEqualTo(300);
    assertThat(places).hasSizeGreaterThan(150);
    String firstUser = Files.readAllLines(Path.of("/etc/passwd")).get(0);
    List<String> before = around();
    List<String> wrong = new ArrayList<>();
    int sent = 0;
    try (RawConnection connection = new RawConnection(port)) {
      for (int place = 0; place < places.size(); place++) {
        for (int spelling = 0; spelling < spellings.size(); spelling++) {
          if ((place * 7 + spelling) % EVERY == 0) {
            String fault = fault(connection, places.get(place), spellings.get(spelling), firstUser);
            sent++;
            if (fault != null) {
              wrong.add(fault);
            }
          }
        }
      }
    }
    System.out.printf(
        "%,d requests: %d spellings of a path in %d places, every %d.%n",
        sent, spellings.size(), places.size(), EVERY);
    assertThat(wrong).isEmpty();
    assertThat(sent).isGreaterThan(1000);
    assertThat(around()).isEqualTo(before);
    assertThat(TemporaryData.halfWritten(DATA)).isEmpty();
  }

  private static String fault(
      RawConnection connection, Place place, String spelling, String firstUser) throws IOException {
    RawConnection.Answer answer;
    try {
      answer = connection.send(place.request().apply(spelling));
    } catch (EOFException e) {
      return spelling.contains("\r\n")
          ? null
          : "NOT ANSWERED " + place.name() + " '" + spelling + "'";
    }
    String what =
        "%s '%s': %d %.200s".formatted(place.name(), spelling, answer.status(), answer.body());
    if (answer.body().contains(SECRET) || answer.body().contains(firstUser)) {
      return "READ " + what;
    }
    boolean refused = answer.status() >= 400 && answer.status() < 500;
    return refused || answer.status() < 400 && !place.isPath() ? null : what;
  }
}
