package dev.trainyard.trainer.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.spec.SpecJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class TrainerEventTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event\": \"ready\", \"tensorflowVersion\": \"2\"}",
        "{\"event\": \"started\", \"step\": 1, \"totalSteps\": 2, \"parameters\": 3}",
        "{\"event\": \"entered\", \"phase\": null, \"time\": \"2026-01-01T00:00:00Z\"}",
        "{\"event\": \"evaluation\", \"step\": 1}",
        "{\"event\": \"evaluation\", \"step\": 1, \"report\": {\"metrics\": {}, \"examples\": 1, \"leftOut\": 0}}",
        "{\"event\": \"checkpoint\", \"step\": 1, \"bytes\": 2, \"seconds\": 3}",
        "{\"event\": \"checkpoint\", \"time\": \"2026-01-01T00:00:00Z\"}",
        "{\"event\": \"warning\"}",
        "{\"event\": \"ended\", \"step\": 1, \"message\": \"x\"}",
        "{\"event\": \"exported\", \"step\": 1, \"parameters\": 2, \"time\": \"2026-01-01T00:00:00Z\"}",
        "{\"event\": \"failed\", \"message\": \"x\"}"
      })
  void a_line_without_a_member_that_its_event_always_has_is_no_event(String line) {
    assertThatThrownBy(() -> SpecJson.MAPPER.readValue(line, TrainerEvent.class))
        .isInstanceOf(JacksonException.class);
  }

  @Test
  void what_may_be_unknown_may_be_left_out() {
    String line =
        "{\"event\": \"progress\", \"step\": 1, \"loss\": 1, \"accuracy\": 1, \"learningRate\": 1,"
            + " \"examplesPerSecond\": 1}";
    assertThat(SpecJson.MAPPER.readValue(line, TrainerEvent.class))
        .isEqualTo(new TrainerEvent.Progress(1, 1, 1, 1, 1, null));
  }
}
