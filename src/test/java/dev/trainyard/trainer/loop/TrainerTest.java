package dev.trainyard.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.spec.AcceleratorSpec;
import dev.trainyard.spec.Precision;
import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.TinyPlan;
import dev.trainyard.trainer.device.Accelerator;
import dev.trainyard.trainer.device.AcceleratorUnavailableException;
import dev.trainyard.trainer.graph.Variable;
import dev.trainyard.trainer.input.TrainingInput;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainerEvent.Evaluation;
import dev.trainyard.trainer.protocol.TrainerEvent.Progress;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TInt64;

class TrainerTest {

  private static TrainingPlan.Data data;

  @TempDir Path folder;

  private final List<TrainerEvent> events = new ArrayList<>();

  @BeforeAll
  static void write(@TempDir Path shared) {
    data = TinyImages.write(shared, 90, 21);
  }

  @Test
  void it_learns_and_tells_of_every_stage() throws IOException {
    TrainingPlan plan = plan("a").steps(100, 40).build();

    assertThat(train(plan)).isEqualTo(new Outcome.Finished(100));

    assertThat(of(TrainerEvent.Started.class))
        .singleElement()
        .satisfies(started -> assertThat(started.step()).isZero());
    assertThat(of(TrainerEvent.Checkpoint.class))
        .extracting(TrainerEvent.Checkpoint::step)
        .containsExactly(40L, 80L, 100L);
    List<Evaluation> evaluations = of(Evaluation.class);
    assertThat(evaluations).extracting(Evaluation::step).containsExactly(40L, 80L, 100L);
    assertThat(evaluations).extracting(e -> e.report().examples()).containsOnly(21L);
    assertThat(evaluations.get(2).metrics().get("accuracy")).isGreaterThan(0.8);
    assertThat(of(Progress.class))
        .extracting(Progress::step)
        .startsWith(1L)
        .contains(40L, 80L)
        .endsWith(100L);
    assertThat(events.get(events.size() - 1)).isInstanceOf(TrainerEvent.Exported.class);
    assertThat(plan.export().resolve("saved_model.pb")).exists();
  }

  @Test
  void the_same_seed_gives_the_same_weights_and_losses() throws IOException {
    train(plan("a").steps(12, 6).build());
    List<Evaluation> first = of(Evaluation.class);
    events.clear();
    train(plan("b").steps(12, 6).build());

    assertThat(of(Evaluation.class)).isEqualTo(first);
    assertThat(weights("b", 12)).isEqualTo(weights("a", 12));
    assertThat(weights("a", 6)).isNotEqualTo(weights("a", 12));
  }

  @Test
  void a_stopped_run_goes_on_to_the_same_weights_and_evaluations() throws IOException {
    train(plan("whole").steps(30, 10).build());
    List<Evaluation> whole = of(Evaluation.class);

    List<Evaluation> parts = new ArrayList<>();
    for (int patience : new int[] {8, 16, 3}) {
      events.clear();
      int[] asked = {0};
      TrainingPlan plan = plan("parts").attempt(patience).steps(30, 10).build();
      Outcome outcome = Trainer.train(plan, events::add, () -> ++asked[0] > patience);
      assertThat(outcome).isInstanceOf(Outcome.Stopped.class);
      parts.addAll(of(Evaluation.class));
    }
    events.clear();
    assertThat(train(plan("parts").attempt(99).steps(30, 10).build()))
        .isEqualTo(new Outcome.Finished(30));
    parts.addAll(of(Evaluation.class));

    assertThat(weights("parts", 30)).isEqualTo(weights("whole", 30));
    assertThat(parts).containsAll(whole).allMatch(whole::contains);
  }

  @Test
  void a_damaged_checkpoint_is_passed_over_with_a_warning() throws IOException {
    train(plan("a").steps(20, 10).build());
    byte[] good = weights("a", 20);
    Files.write(data("a", 20), new byte[] {1}, StandardOpenOption.WRITE);
    events.clear();

    train(plan("a").attempt(2).steps(20, 10).build());

    assertThat(of(TrainerEvent.Warning.class))
        .singleElement()
        .satisfies(warning -> assertThat(warning.message()).contains("step 20", "damaged"));
    assertThat(of(TrainerEvent.Started.class).get(0).step()).isEqualTo(10);
    assertThat(weights("a", 20)).isEqualTo(good);
  }

  @Test
  void a_job_that_is_at_its_last_step_only_evaluates_and_exports() throws IOException {
    train(plan("a").steps(10, 10).build());
    List<Evaluation> before = of(Evaluation.class);
    events.clear();

    assertThat(train(plan("a").attempt(2).steps(10, 10).build()))
        .isEqualTo(new Outcome.Finished(10));

    assertThat(of(Progress.class)).isEmpty();
    assertThat(of(Evaluation.class)).isEqualTo(before);
    assertThat(of(TrainerEvent.Exported.class)).hasSize(1);
  }

  @Test
  void without_validation_images_it_warns_once_and_exports() throws IOException {
    TrainingPlan.Data noValidation = TinyImages.write(folder.resolve("data"), 20, 0);

    train(plan("a").data(noValidation).steps(4, 2).build());

    assertThat(of(Evaluation.class)).isEmpty();
    assertThat(of(TrainerEvent.Warning.class)).hasSize(1);
    assertThat(of(TrainerEvent.Exported.class)).hasSize(1);
  }

  @Test
  void a_loss_that_is_no_number_ends_the_job_and_keeps_the_last_good_checkpoint()
      throws IOException {
    train(plan("a").steps(10, 10).build());
    byte[] good = weights("a", 10);

    TrainingPlan diverging = plan("a").attempt(2).steps(100, 1).learningRate(1e38).build();

    assertThatThrownBy(() -> train(diverging))
        .isInstanceOf(NonFiniteLossException.class)
        .hasMessageContaining("step")
        .hasMessageContaining("learningRate");
    assertThat(weights("a", 10)).isEqualTo(good);
  }

  @ParameterizedTest
  @CsvSource({"precision, bfloat16", "deterministic, false", "gradientAccumulationSteps, 2"})
  void it_learns_and_exports_in_every_way_to_compute(String field, String value)
      throws IOException {
    TrainingPlan plan = plan("a").steps(100, 100).training(field, value).build();

    assertThat(train(plan)).isEqualTo(new Outcome.Finished(100));

    assertThat(of(Evaluation.class).get(0).metrics().get("accuracy")).isGreaterThan(0.8);
    assertThat(of(TrainerEvent.Exported.class)).hasSize(1);
  }

  @Test
  void a_plan_that_cannot_be_trained_is_refused() {
    assertThatThrownBy(() -> train(plan("a").batchSize(91).build()))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("training.batchSize is 91")
        .hasMessageContaining("90 training images");
    assertThatThrownBy(() -> train(plan("a").accelerator("type", AcceleratorSpec.Type.GPU).build()))
        .isInstanceOf(AcceleratorUnavailableException.class)
        .hasMessageContaining("no GPU");
  }

  @Test
  void a_step_changes_every_weight_and_every_average() throws IOException {
    TrainingPlan plan = plan("a").build();
    try (TrainingInput input = TrainingInput.open(plan);
        Graph graph = new Graph()) {
      TrainingGraph training =
          TrainingGraph.in(
              graph, plan, input, Accelerator.of(plan.spec().accelerator(), Precision.FLOAT32));
      try (Session session = new Session(graph)) {
        session.runner().addTarget(training.initializer()).run().close();
        try (TInt64 none = TInt64.scalarOf(0)) {
          session
              .runner()
              .feed(training.skip(), none)
              .addTarget(training.training().restart())
              .run()
              .close();
        }
        try (Result before = values(session, training)) {
          session.runner().addTarget(training.parts().get(0)).run().close();
          try (Result after = values(session, training)) {
            assertThat(before.size()).isEqualTo(2 * 4 + 2 * 4); // with batch norm's
            for (int i = 0; i < before.size(); i++) {
              assertThat(after.get(i)).isNotEqualTo(before.get(i));
            }
          }
        }
      }
    }
  }

  private static Result values(Session session, TrainingGraph training) {
    Session.Runner runner = session.runner();
    training.variables().all().stream()
        .filter(
            variable ->
                variable.role() == Variable.Role.WEIGHT
                    || variable.role() == Variable.Role.STATISTIC)
        .forEach(variable -> runner.fetch(variable.value()));
    return runner.run();
  }

  private TinyPlan plan(String name) {
    return new TinyPlan(folder.resolve(name), data);
  }

  private Outcome train(TrainingPlan plan) throws IOException {
    return Trainer.train(plan, events::add, () -> false);
  }

  private <T extends TrainerEvent> List<T> of(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private Path data(String name, long step) {
    return folder.resolve(name + "/checkpoints/" + step + "/variables.data-00000-of-00001");
  }

  private byte[] weights(String name, long step) throws IOException {
    return Files.readAllBytes(data(name, step));
  }
}
