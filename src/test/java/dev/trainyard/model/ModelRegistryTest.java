package dev.trainyard.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.model.predict.PredictorProgram;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ModelRegistryTest extends ModelServiceTest {

  private static final int ROUNDS = 5;

  @Autowired private VersionLedger ledger;
  @Autowired private ModelAliases aliases;
  @Autowired private ModelFolders folders;
  @Autowired private ModelVersions versions;
  @Autowired private ModelCatalog catalog;
  @Autowired private ModelDeletions deletions;

  @Test
  void a_version_lies_in_tensorflow_servings_layout_and_nothing_else_does() throws Exception {
    ModelVersionView version = publish("layout");

    Path folder = data().resolve("models/layout/1");
    assertThat(data().resolve("models/models.config"))
        .content()
        .contains("base_path: \"/models/layout\"");
    assertThat(version.version()).isEqualTo(1);
    assertThat(version.files())
        .extracting(ModelFile::path)
        .containsExactly(
            "assets/labels.txt",
            "saved_model.pb",
            "variables/variables.data-00000-of-00001",
            "variables/variables.index");
    assertThat(folders.manifest(folder)).isEqualTo(version.files());
    assertThat(version.sizeBytes())
        .isEqualTo(
            Files.size(folder.resolve("saved_model.pb"))
                + Files.size(folder.resolve("assets/labels.txt"))
                + Files.size(folder.resolve("variables/variables.index"))
                + 300_000);
  }

  @Test
  void publishing_again_gives_the_same_version() throws Exception {
    FinishedModel finished = finished("again-job", "again", "a graph");

    ModelVersionView first = registry.publish(finished, () -> {});
    ModelVersionView second = registry.publish(finished, () -> {});

    assertThat(second).isEqualTo(first);
    assertThat(second.version()).isEqualTo(1);
    assertThat(publish("again").version()).isEqualTo(2);
  }

  @Test
  void a_publication_that_died_before_the_folder_was_moved_is_completed() throws Exception {
    FinishedModel finished = finished("died-early", "died-early", "a graph");
    ledger.reserve(
        finished.jobId(),
        finished.model(),
        VersionDetails.of(finished, List.of(new ModelFile("stale", 1, "00"))),
        () -> {});
    assertThat(get("/api/v1/models/died-early").statusCode()).isEqualTo(404);

    ModelVersionView version = registry.publish(finished, () -> {});

    assertThat(version.version()).isEqualTo(1);
    assertThat(version.state()).isEqualTo(VersionState.READY);
    assertThat(version.files()).hasSize(4);
    assertThat(finished.export()).doesNotExist();
  }

  @Test
  void a_publication_that_died_after_the_folder_was_moved_is_completed() throws Exception {
    FinishedModel finished = finished("died-late", "died-late", "a graph");
    List<ModelFile> files = folders.manifest(finished.export());
    ModelVersion reserved =
        ledger.reserve(
            finished.jobId(), finished.model(), VersionDetails.of(finished, files), () -> {});
    folders.publish(finished.export(), folders.of("died-late", reserved.version()));
    assertThat(get("/api/v1/models/died-late/versions/1").statusCode()).isEqualTo(404);
    assertThat(post("/v1/models/died-late:predict", "{}").statusCode()).isEqualTo(404);

    ModelVersionView version = registry.publish(finished, () -> {});

    assertThat(version.state()).isEqualTo(VersionState.READY);
    assertThat(version.files()).isEqualTo(files);
    assertThat(get("/api/v1/models/died-late/versions/1").statusCode()).isEqualTo(200);
  }

  @Test
  void a_model_that_cannot_be_loaded_is_refused_and_spends_no_number() throws Exception {
    FinishedModel broken = finished("broken-job", "fragile", PredictorProgram.UNLOADABLE);

    assertThatThrownBy(() -> registry.publish(broken, () -> {}))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("could not be loaded")
        .hasMessageContaining("not known: Frobnicate");

    assertThat(data().resolve("models/fragile")).doesNotExist();
    assertThat(broken.export()).exists();
    assertThat(versions.findByJobId("broken-job")).isEmpty();
    assertThat(publish("fragile").version()).isEqualTo(1);
  }

  @Test
  void a_model_without_a_serving_signature_is_refused() throws Exception {
    FinishedModel unsigned = finished("unsigned-job", "unsigned", PredictorProgram.UNSIGNED);

    assertThatThrownBy(() -> registry.publish(unsigned, () -> {}))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("serving_default");
  }

  @Test
  void a_folder_that_is_no_saved_model_is_refused() throws Exception {
    FinishedModel empty = finished("empty-job", "empty", "a graph");
    Files.delete(empty.export().resolve("saved_model.pb"));

    assertThatThrownBy(() -> registry.publish(empty, () -> {}))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("saved_model.pb");
  }

  @Test
  void parallel_publications_of_one_name_count_without_gaps() throws Exception {
    List<Callable<ModelVersionView>> calls = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      FinishedModel finished = finished(UUID.randomUUID().toString(), "crowd", "graph " + i);
      calls.add(() -> registry.publish(finished, () -> {}));
    }

    assertThat(inParallel(calls))
        .extracting(ModelVersionView::version)
        .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6);
  }

  @Test
  void parallel_publications_of_one_job_are_one_version() throws Exception {
    FinishedModel finished = finished("twin-job", "twins", "a graph");

    List<ModelVersionView> both =
        inParallel(
            List.of(
                () -> registry.publish(finished, () -> {}),
                () -> registry.publish(finished, () -> {})));

    assertThat(both.get(0)).isEqualTo(both.get(1));
    assertThat(catalog.model("twins").versions()).isEqualTo(1);
    assertThat(folders.manifest(data().resolve("models/twins/1"))).isEqualTo(both.get(0).files());
  }

  @Test
  void a_deletion_that_died_is_completed_at_the_next_start() throws Exception {
    publish("condemned");
    ledger.condemn("condemned", 1, false);
    assertThat(data().resolve("models/condemned/1")).exists();

    deletions.tidy();

    assertThat(data().resolve("models/condemned/1")).doesNotExist();
    assertThat(versions.findByModelNameAndVersion("condemned", 1)).isEmpty();
  }

  @Test
  void of_an_alias_and_a_deletion_at_the_same_time_one_is_refused() throws Exception {
    for (int round = 1; round <= ROUNDS; round++) {
      String number = Integer.toString(register("contested").version());
      List<Optional<Problem>> ends =
          inParallel(
              List.of(
                  () -> problem(() -> aliases.set("contested", "champion", number)),
                  () -> problem(() -> deletions.delete("contested", number, false))));

      assertThat(ends)
          .as("the alias, the deletion")
          .isIn(
              List.of(Optional.empty(), Optional.of(Problem.IN_USE)),
              List.of(Optional.of(Problem.NOT_FOUND), Optional.empty()));
      if (ends.get(0).isEmpty()) {
        assertThat(catalog.version("contested", "champion").version()).hasToString(number);
        deletions.delete("contested", number, true);
      }
    }
  }

  @Test
  void of_two_deletions_at_the_same_time_one_finds_nothing() throws Exception {
    for (int round = 1; round <= ROUNDS; round++) {
      String number = Integer.toString(register("doomed").version());
      Callable<Optional<Problem>> deletion =
          () -> problem(() -> deletions.delete("doomed", number, false));
      assertThat(inParallel(List.of(deletion, deletion)))
          .containsExactlyInAnyOrder(Optional.empty(), Optional.of(Problem.NOT_FOUND));
    }
  }

  @Test
  void a_version_that_is_deleted_while_two_announce_it_stays_deleted() throws Exception {
    for (int round = 1; round <= ROUNDS; round++) {
      FinishedModel finished = finished("late-" + round, "late", "a graph");
      ModelVersion version =
          ledger.reserve(
              finished.jobId(),
              "late",
              VersionDetails.of(finished, folders.manifest(finished.export())),
              () -> {});
      folders.publish(finished.export(), folders.of("late", version.version()));
      CountDownLatch shown = new CountDownLatch(1);
      Callable<Boolean> first =
          () -> {
            ledger.announce(finished.jobId(), () -> {});
            shown.countDown();
            return true;
          };
      Callable<Boolean> second =
          () -> {
            try {
              ledger.announce(finished.jobId(), () -> {});
            } catch (IllegalStateException | NoSuchElementException e) {
              return false; // it came when the version was deleted
            }
            return true;
          };
      Callable<Boolean> deletion =
          () -> {
            shown.await();
            deletions.delete("late", Integer.toString(version.version()), false);
            return true;
          };
      inParallel(List.of(first, second, deletion));

      assertThat(versions.findByModelNameAndVersion("late", version.version())).isEmpty();
      assertThat(folders.of("late", version.version())).doesNotExist();
    }
  }

  private static Optional<Problem> problem(Runnable work) {
    try {
      work.run();
      return Optional.empty();
    } catch (ProblemException e) {
      return Optional.of(e.problem());
    }
  }

  private static <T> List<T> inParallel(List<Callable<T>> calls) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(calls.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> result : executor.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } finally {
      executor.shutdownNow();
    }
  }
}
