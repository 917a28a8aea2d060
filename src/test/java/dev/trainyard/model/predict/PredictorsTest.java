package dev.trainyard.model.predict;

import static dev.trainyard.model.predict.Questions.images;
import static dev.trainyard.model.predict.Questions.ints;
import static dev.trainyard.model.predict.Questions.labels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trainyard.model.Exports;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class PredictorsTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir private Path folder;
  private final List<Predictors> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(Predictors::close);
  }

  @Test
  void a_loaded_model_answers_every_request_from_one_process() throws Exception {
    Predictors predictors = predictors(2, LONG, LONG);
    Path model = model();

    assertThat(labels(predictors.ask(model, images("\4", "\0"))))
        .containsExactly("tulips", "daisy");
    List<Long> process = predictors.processes();
    assertThat(labels(predictors.ask(model, images("\1")))).hasSize(1);

    assertThat(process).hasSize(1);
    assertThat(predictors.processes()).isEqualTo(process);
  }

  @Test
  void a_further_model_takes_the_place_of_the_one_asked_longest_ago() throws Exception {
    Predictors predictors = predictors(2, LONG, LONG);
    Path a = model();
    Path b = model();
    predictors.ask(a, images("\1"));
    predictors.ask(b, images("\1"));
    List<Long> both = predictors.processes();
    predictors.ask(a, images("\1"));

    predictors.ask(model(), images("\1"));

    List<Long> now = predictors.processes();
    assertThat(now).hasSize(2).contains(both.get(0)).doesNotContain(both.get(1));
    assertThat(isAlive(both.get(1))).isFalse();
  }

  @Test
  void a_model_that_is_serving_keeps_its_place() throws Exception {
    Predictors predictors = predictors(1, LONG, Duration.ofSeconds(4));
    Path busy = model();
    Path waiting = model();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<?> hanging = threads.submit(() -> predictors.ask(busy, images(PredictorProgram.HANG)));
      await().until(() -> Files.exists(PredictorProgram.hanging(busy)));
      long process = predictors.processes().get(0);

      assertProblem(
          Problem.MODEL_UNAVAILABLE,
          () -> predictors.ask(waiting, images("\1"), Deadline.in(Duration.ofMillis(200))));
      assertThat(isAlive(process)).isTrue();
      Future<Answer> patient =
          threads.submit(() -> predictors.ask(waiting, images("\1"), Deadline.in(LONG)));

      assertThatThrownBy(hanging::get)
          .cause()
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem()).isEqualTo(Problem.PREDICTION_TIMED_OUT));
      assertThat(labels(patient.get())).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void an_idle_model_is_let_go() throws Exception {
    Predictors predictors = predictors(2, Duration.ofMillis(200), LONG);
    predictors.ask(model(), images("\1"));

    await().until(() -> predictors.processes().isEmpty());
    assertThat(labels(predictors.ask(model(), images("\1")))).hasSize(1);
  }

  @Test
  void a_process_that_hangs_is_ended_and_the_next_request_gets_a_new_one() throws Exception {
    Predictors predictors = predictors(2, LONG, Duration.ofSeconds(4));
    Path model = model();
    predictors.ask(model, images("\1"));
    long hung = predictors.processes().get(0);

    assertProblem(
        Problem.PREDICTION_TIMED_OUT, () -> predictors.ask(model, images(PredictorProgram.HANG)));

    await().until(() -> !isAlive(hung));
    assertThat(labels(predictors.ask(model, images("\1")))).hasSize(1);
  }

  @Test
  void a_process_that_takes_no_input_does_not_hold_its_caller() throws Exception {
    Predictors predictors = predictors(2, LONG, Duration.ofSeconds(4));
    Path model = model();
    predictors.ask(model, images("\1"));
    predictors.ask(model, images(PredictorProgram.STOP_READING));

    assertProblem(
        Problem.PREDICTION_TIMED_OUT,
        () -> predictors.ask(model, images("more than a pipe holds".repeat(100_000))));
  }

  @Test
  void a_model_that_loads_too_slowly_times_out() throws Exception {
    Predictors predictors = predictors(2, LONG, Duration.ofMillis(300));
    Path slow = Exports.anExport(folder, PredictorProgram.SLOW_TO_LOAD);

    assertProblem(Problem.PREDICTION_TIMED_OUT, () -> predictors.ask(slow, images("\1")));
    assertThatExceptionOfType(PredictorEndedException.class)
        .isThrownBy(() -> predictors.check(slow))
        .matches(PredictorEndedException::timedOut);
  }

  @Test
  void a_crashed_process_is_replaced_within_the_request() throws Exception {
    Predictors predictors = predictors(2, LONG, LONG);
    Path model = model();

    assertThat(ints(predictors.ask(model, images(PredictorProgram.CRASH_ONCE)), "classid"))
        .containsExactly(PredictorProgram.CRASH_ONCE.charAt(0) % 5);
  }

  @Test
  void a_process_that_was_killed_while_idle_is_replaced() throws Exception {
    Predictors predictors = predictors(2, LONG, LONG);
    Path model = model();
    predictors.ask(model, images("\1"));
    ProcessHandle killed = ProcessHandle.of(predictors.processes().get(0)).orElseThrow();
    killed.destroyForcibly();
    killed.onExit().get();

    assertThat(labels(predictors.ask(model, images("\2")))).hasSize(1);
    assertThat(predictors.processes()).hasSize(1).doesNotContain(killed.pid());
  }

  @Test
  void a_request_that_always_crashes_is_given_up() throws Exception {
    Predictors predictors = predictors(2, LONG, LONG);
    Path model = model();

    assertProblem(
        Problem.MODEL_UNAVAILABLE, () -> predictors.ask(model, images(PredictorProgram.CRASH)));
    assertThat(labels(predictors.ask(model, images("\1")))).hasSize(1);
  }

  @Test
  void a_check_leaves_no_process_behind_and_says_why_it_failed() throws Exception {
    Predictors predictors = predictors(2, LONG, LONG);
    Path broken = Exports.anExport(folder, PredictorProgram.UNLOADABLE);

    assertThat(predictors.check(model())).containsKey("serving_default");
    assertThatExceptionOfType(PredictorEndedException.class)
        .isThrownBy(() -> predictors.check(broken))
        .withMessageContaining("Frobnicate")
        .matches(e -> !e.timedOut());
    assertThat(predictors.processes()).isEmpty();
    assertThat(
            ProcessHandle.current()
                .children()
                .filter(it -> it.info().commandLine().orElse("").contains(folder.toString())))
        .isEmpty();
  }

  @Test
  void many_threads_are_answered_each_with_its_own() throws Exception {
    Predictors predictors = predictors(1, LONG, LONG);
    Path model = model();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String image = Character.toString(i % 5);
        answers.add(threads.submit(() -> predictors.ask(model, images(image))));
      }
      for (int i = 0; i < 40; i++) {
        assertThat(ints(answers.get(i).get(), "classid")).containsExactly(i % 5);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(predictors.processes()).hasSize(1);
  }

  @Test
  void what_loaded_models_take_together_has_a_bound() throws Exception {
    Predictors predictors =
        predictors(Questions.properties(5, DataSize.ofMegabytes(930), LONG, LONG, 32, 1024));
    Path small = model();
    Path large = Exports.anExport(folder, PredictorProgram.LARGE);
    predictors.ask(small, images("\1"));
    long process = predictors.processes().get(0);
    predictors.ask(large, images("\1"));
    assertThat(predictors.memory()).isEqualTo(650L << 20);
    assertThat(predictors.processes()).hasSize(2);

    predictors.ask(model(), images("\1"));

    assertThat(predictors.processes()).hasSize(2).doesNotContain(process);
    assertThat(isAlive(process)).isFalse();
  }

  @Test
  void a_model_that_has_turned_out_too_large_is_let_go_when_it_has_answered() throws Exception {
    Predictors predictors =
        predictors(Questions.properties(5, DataSize.ofMegabytes(400), LONG, LONG, 32, 1024));
    Path large = Exports.anExport(folder, PredictorProgram.LARGE);

    assertThat(labels(predictors.ask(large, images("\1")))).hasSize(1);

    assertThat(predictors.processes()).isEmpty();
    assertThat(predictors.memory()).isZero();
  }

  @Test
  void a_model_that_keeps_dying_is_not_restarted_at_once() throws Exception {
    Predictors predictors = predictors(2, LONG, LONG);
    Path model = Exports.anExport(folder, PredictorProgram.UNLOADABLE);
    assertProblem(Problem.MODEL_UNAVAILABLE, () -> predictors.ask(model, images("\1")));
    assertProblem(Problem.MODEL_UNAVAILABLE, () -> predictors.ask(model, images("\1")));

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> predictors.ask(model, images("\1")))
        .satisfies(e -> assertThat(e.retryAfter()).isPositive())
        .withMessageContaining("not started again at once");
    assertThat(labels(predictors.ask(model(), images("\1")))).hasSize(1);
  }

  @Test
  void closing_ends_every_process() throws Exception {
    Predictors predictors = predictors(2, LONG, LONG);
    predictors.ask(model(), images("\1"));
    predictors.ask(model(), images("\1"));
    List<Long> processes = predictors.processes();

    predictors.close();

    assertThat(processes).hasSize(2).noneMatch(PredictorsTest::isAlive);
    Path model = model();
    assertProblem(Problem.MODEL_UNAVAILABLE, () -> predictors.ask(model, images("\1")));
  }

  @Test
  void a_released_model_is_let_go() throws Exception {
    Predictors predictors = predictors(2, LONG, LONG);
    Path model = model();
    predictors.ask(model, images("\1"));
    long process = predictors.processes().get(0);

    predictors.release(model);

    assertThat(predictors.processes()).isEmpty();
    assertThat(isAlive(process)).isFalse();
  }

  private Predictors predictors(int loadedModels, Duration idle, Duration timeout) {
    return predictors(Questions.properties(loadedModels, idle, timeout));
  }

  private Predictors predictors(ModelProperties properties) {
    Predictors predictors = Questions.predictors(properties);
    opened.add(predictors);
    return predictors;
  }

  private Path model() throws IOException {
    return Exports.anExport(folder.resolve(UUID.randomUUID().toString()), "a graph");
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private static void assertProblem(Problem problem, ThrowingCallable call) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(call)
        .extracting(ProblemException::problem)
        .isEqualTo(problem);
  }
}
