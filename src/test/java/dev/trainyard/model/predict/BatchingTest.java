package dev.trainyard.model.predict;

import static dev.trainyard.model.predict.Questions.floats;
import static dev.trainyard.model.predict.Questions.images;
import static dev.trainyard.model.predict.Questions.ints;
import static dev.trainyard.model.predict.Questions.labels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trainyard.model.Exports;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Each test has the model busy until what it asks meanwhile is waiting. */
class BatchingTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir private Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Predictors predictors;
  private Path model;

  @BeforeEach
  void load() throws Exception {
    model = Exports.anExport(folder.resolve("one"), "a graph");
    predictors = predictors(4, 8);
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    predictors.close();
  }

  @Test
  void what_waits_is_asked_together_up_to_a_number_of_rows() throws Exception {
    Future<Answer> busy = keepBusy();
    List<Future<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      answers.add(ask(floats(PredictorProgram.CROWD, i), i + 1));
    }

    Files.createFile(PredictorProgram.gate(model));

    assertThat(ints(busy.get(), "rows")).containsExactly(1);
    for (int i = 0; i < 6; i++) {
      assertThat(ints(answers.get(i).get(), "rows")).containsExactly(i < 4 ? 4 : 2);
    }
  }

  @Test
  void everybody_gets_his_own_whatever_it_is_asked_with() throws Exception {
    Future<Answer> busy = keepBusy();
    Future<Answer> two = ask(images("\1", "\2"), 2);
    Future<Answer> other = ask(floats(PredictorProgram.CROWD, 1, 1), 4);
    Future<Answer> one = ask(images("\4"), 5);
    Future<Answer> spoiled = ask(images(PredictorProgram.NO_IMAGE), 6);

    Files.createFile(PredictorProgram.gate(model));

    assertThat(busy.get().bad()).isEmpty();
    assertThat(labels(two.get())).containsExactly("dandelion", "roses");
    assertThat(labels(one.get())).containsExactly("tulips");
    assertThat(ints(other.get(), "rows")).containsExactly(2, 2);
    assertThat(spoiled.get().bad()).containsOnlyKeys(0);
    assertThat(spoiled.get().outputs()).isEmpty();
  }

  @Test
  void who_crashes_the_process_falls_alone() throws Exception {
    Future<Answer> busy = keepBusy();
    Future<Answer> before = ask(images("\1"), 1);
    Future<Answer> poison = ask(images(PredictorProgram.CRASH), 2);
    Future<Answer> after = ask(images("\2"), 3);

    Files.createFile(PredictorProgram.gate(model));

    assertThat(busy.get().bad()).isEmpty();
    assertThat(labels(before.get())).containsExactly("dandelion");
    assertProblem(Problem.MODEL_UNAVAILABLE, poison);
    assertThat(labels(after.get())).containsExactly("roses");
  }

  @Test
  void answers_that_cannot_be_divided_are_asked_for_one_by_one() throws Exception {
    Future<Answer> busy = keepBusy();
    Future<Answer> first = ask(floats(PredictorProgram.LONELY, 1), 1);
    Future<Answer> second = ask(floats(PredictorProgram.LONELY, 1, 1), 3);

    Files.createFile(PredictorProgram.gate(model));

    assertThat(busy.get().bad()).isEmpty();
    assertThat(ints(first.get(), "rows")).containsExactly(1);
    assertThat(ints(second.get(), "rows")).containsExactly(2);
  }

  @Test
  void more_than_may_wait_is_sent_away() throws Exception {
    Future<Answer> busy = keepBusy();
    List<Future<Answer>> waiting = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      waiting.add(ask(images("\1", "\1", "\1", "\1"), 4 * (i + 1)));
    }

    assertThatThrownBy(() -> predictors.ask(model, images("\1")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem()).isEqualTo(Problem.TOO_MANY_REQUESTS);
              assertThat(e.retryAfter()).isPositive();
            });
    Files.createFile(PredictorProgram.gate(model));
    assertThat(busy.get().bad()).isEmpty();
    for (Future<Answer> answer : waiting) {
      assertThat(labels(answer.get())).hasSize(4);
    }
  }

  @Test
  void who_has_no_time_left_is_not_asked_any_more() throws Exception {
    Future<Answer> busy = keepBusy();

    assertThatThrownBy(
            () -> predictors.ask(model, images("\1"), Deadline.in(Duration.ofMillis(100))))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem()).isEqualTo(Problem.PREDICTION_TIMED_OUT));
    Files.createFile(PredictorProgram.gate(model));
    assertThat(busy.get().bad()).isEmpty();
    assertThat(predictors.processes()).hasSize(1);
  }

  private Predictors predictors(int batchSize, int queued) {
    return Questions.predictors(
        Questions.properties(2, DataSize.ofGigabytes(4), LONG, LONG, batchSize, queued));
  }

  private Future<Answer> keepBusy() {
    Future<Answer> busy =
        threads.submit(() -> predictors.ask(model, floats(PredictorProgram.CROWD, -1)));
    await().until(() -> Files.exists(PredictorProgram.hanging(model)));
    return busy;
  }

  /** Returns when it waits with the others. */
  private Future<Answer> ask(Question question, int waiting) {
    Future<Answer> answer = threads.submit(() -> predictors.ask(model, question));
    await().until(() -> predictors.queued() == waiting);
    return answer;
  }

  private static void assertProblem(Problem problem, Future<Answer> answer) {
    assertThatThrownBy(answer::get)
        .cause()
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem()).isEqualTo(problem));
  }
}
