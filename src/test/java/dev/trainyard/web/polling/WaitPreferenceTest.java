package dev.trainyard.web.polling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitPreferenceTest {

  private static final Duration LONGEST = Duration.ofSeconds(60);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          wait=10                                   | 10
          wait=0                                    | 0
          wait=60                                   | 60
          wait=61                                   | 60
          wait=99999999999999999999999999           | 60
          wait="7"                                  | 7
          Wait = 5                                  | 5
          respond-async, wait=10                    | 10
          wait=10;strict, handling=lenient          | 10
          foo; bar="a, wait=3", wait=4              | 4
          foo="it \\" is, wait=3", wait=4           | 4
          wait=3, wait=4                            | 3
          """)
  void seconds_are_read_and_shortened(String prefer, long seconds) {
    assertThat(of(prefer).patience()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "wait",
        "wait=",
        "wait=soon",
        "wait=-1",
        "wait=1.5",
        "wait=1s",
        "await=5",
        "waits=5",
        "wait=\"5",
        "wait=5 6",
        "wait=x, wait=4",
        "respond-async",
        "foo=\"wait=5\"",
        "\u0000wait=5"
      })
  void what_is_no_number_of_seconds_is_ignored(String prefer) {
    assertThat(of(prefer).patience()).isNull();
  }

  @Test
  void several_headers_are_one_list() {
    assertThat(of("return=minimal", "wait=4", "wait=5").patience())
        .isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void a_long_header_is_read_in_no_time() {
    assertThat(of("\"".repeat(8000)).patience()).isNull();
    assertThat(of("wait=" + " ".repeat(8000) + "x").patience()).isNull();
    assertThat(of(",".repeat(8000) + "wait=1").patience()).isEqualTo(Duration.ofSeconds(1));
  }

  private static WaitPreference of(String... prefer) {
    return WaitPreference.of(List.of(prefer), List.of(), LONGEST);
  }
}
