package dev.trainyard.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.TinyPlan;
import dev.trainyard.trainer.input.record.BadRecordException;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainerEvent.Evaluation;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedDataTest {

  @TempDir Path folder;

  private final List<TrainerEvent> events = new ArrayList<>();
  private TrainingPlan.Data data;

  @BeforeEach
  void damage() throws IOException {
    data = TinyImages.write(folder.resolve("data"), 60, 21);
    flipBitIn(data.trainShards().get(1));
    flipBitIn(data.validationShards().get(0));
  }

  @Test
  void tolerated_damage_costs_the_records_and_nothing_else_and_a_resumed_run_ends_the_same()
      throws IOException {
    train(plan("whole").build(), () -> false);

    assertThat(warnings()).hasSize(2).allMatch(text -> text.contains("It is left out"));
    List<Evaluation> whole = evaluations();
    assertThat(whole).extracting(it -> it.report().examples()).containsOnly(20L);
    assertThat(whole).extracting(it -> it.report().leftOut()).containsOnly(1L);

    events.clear();
    TrainingPlan first = plan("parts").build();
    train(first, () -> events.stream().anyMatch(TrainerEvent.Progress.class::isInstance));
    assertThat(evaluations()).isEmpty();
    train(plan("parts").attempt(2).build(), () -> false);
    assertThat(evaluations()).isEqualTo(whole);
    assertThat(warnings()).hasSize(2); // once, by the attempt that found them
  }

  @Test
  void full_batches_are_cut_from_the_images_that_can_be_read() throws IOException {
    train(plan("full").training("evaluateRemainder", false).build(), () -> false);

    assertThat(evaluations()).extracting(it -> it.report().examples()).containsOnly(16L);
    assertThat(evaluations()).extracting(it -> it.report().leftOut()).containsOnly(5L);
    assertThat(warnings()).hasSize(2);
  }

  @Test
  void damage_that_is_not_tolerated_fails() {
    assertThatThrownBy(() -> train(plan("a").input("maxBadRecords", 1).build(), () -> false))
        .isInstanceOf(BadRecordException.class);
    assertThatThrownBy(() -> train(plan("b").input("maxBadRecords", 0).build(), () -> false))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining(data.trainShards().get(1).toString())
        .hasMessageContaining("checksum");
  }

  private TinyPlan plan(String name) {
    return new TinyPlan(folder.resolve(name), data).input("maxBadRecords", 2);
  }

  private void train(TrainingPlan plan, StopSignal stop) throws IOException {
    Trainer.train(plan, events::add, stop);
  }

  private List<String> warnings() {
    return events.stream()
        .filter(TrainerEvent.Warning.class::isInstance)
        .map(event -> ((TrainerEvent.Warning) event).message())
        .toList();
  }

  private List<Evaluation> evaluations() {
    return events.stream()
        .filter(Evaluation.class::isInstance)
        .map(Evaluation.class::cast)
        .toList();
  }

  private static void flipBitIn(Path shard) throws IOException {
    byte[] bytes = Files.readAllBytes(shard);
    bytes[bytes.length / 2] ^= 1;
    Files.write(shard, bytes);
  }
}
