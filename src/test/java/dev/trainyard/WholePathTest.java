package dev.trainyard;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.trainyard.ApiClient.Answer;
import dev.trainyard.trainer.protocol.TrainerProcess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.tensorflow.SavedModelBundle;
import tools.jackson.databind.JsonNode;

/** The whole path, as a user with curl goes it, with real trainers and real deaths. */
@Tag("database")
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "trainyard.worker.poll-interval=100ms",
      "trainyard.worker.standby-trainers=0",
      "trainyard.model.standby-predictors=0",
      "trainyard.worker.trainer-heap=259MB" // tells its trainers from those of other tests
    })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WholePathTest {

  private static final String JOB =
      """
      {"name": "shapes-cnn", "dataset": "shapes",
       "model": {"type": "cnn", "batchNorm": true, "dropout": 0.25, "filters1": 8, "filters2": 16,
                 "units": 64},
       "input": {"height": 40, "width": 40, "augmentation": "none"},
       "training": {"batchSize": 32, "steps": %d, "stepsPerEvaluation": %d, "seed": 1,
                    "optimizer": {"type": "adam", "learningRate": 0.002}},
       "accelerator": {"type": "CPU"}, "register": {"model": "%s"}}
      """;

  static final Path data = TemporaryData.folder();

  private ApiClient api;
  private String jobId;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("trainyard.data-dir", data::toString);
  }

  @BeforeAll
  void upload(@LocalServerPort int port) {
    api = new ApiClient(port);
    Answer accepted =
        api.upload(
            "/api/v1/datasets",
            "shapes.zip",
            TinyImages.zip(120, 1),
            Map.of("name", "shapes", "validationFraction", "0.25"));
    assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
    String location = accepted.header("Location");
    await()
        .atMost(ofSeconds(60))
        .until(() -> !api.get(location).json().get("state").asString().equals("CONVERTING"));
    assertThat(api.get("/api/v1/datasets/shapes").json().get("state").asString())
        .isEqualTo("READY");
  }

  @Test
  @Order(1)
  void a_job_whose_trainer_is_killed_resumes_from_its_checkpoint_and_succeeds() {
    Answer accepted = api.post("/api/v1/jobs", JOB.formatted(400, 50, "shapes"));
    assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
    jobId = accepted.json().get("id").asString();
    assertThat(accepted.header("Location")).isEqualTo("/api/v1/jobs/" + jobId);

    await().atMost(ofSeconds(90)).until(() -> hasCheckpoint(jobId));
    assertThat(trainers()).isNotEmpty();
    trainers().forEach(ProcessHandle::destroyForcibly);

    assertThat(api.get("/api/v1/jobs").status()).as("the API lives on").isEqualTo(200);
    await().atMost(ofSeconds(180)).until(() -> state(jobId).equals("SUCCEEDED"));

    JsonNode status = status(jobId);
    assertThat(states(status))
        .containsExactly(
            "QUEUED", "PREPARING", "RUNNING", "QUEUED", "PREPARING", "RUNNING", "SUCCEEDED");
    assertThat(status.get("attempt").asInt()).isEqualTo(2);
    assertThat(status.at("/progress/step").asLong()).isEqualTo(400);
    assertThat(status.at("/progress/percent").asDouble()).isEqualTo(100.0);
    assertThat(status.at("/metrics/evaluation/step").asLong()).isEqualTo(400);
    assertThat(status.at("/metrics/evaluation/accuracy").asDouble())
        .as("chance is a third")
        .isGreaterThan(0.8);
    assertThat(api.get("/api/v1/jobs/" + jobId + "/log").text())
        .as("the second attempt went on where the first one's last checkpoint is")
        .containsPattern("(?i)restored.*step [1-9]");
  }

  @Test
  @Order(2)
  void its_metric_series_have_one_value_a_step_although_it_ran_twice() {
    JsonNode series = api.get("/api/v1/jobs/" + jobId + "/metrics").json();
    assertThat(steps(series.at("/val_accuracy/points")))
        .containsExactly(50L, 100L, 150L, 200L, 250L, 300L, 350L, 400L);
    assertThat(series.propertyNames())
        .contains("val_loss", "val_precision", "val_recall", "val_f1_score")
        .doesNotContain("val_top_5_accuracy"); // of three classes
    assertThat(steps(series.at("/loss/points"))).doesNotHaveDuplicates().isSorted().contains(400L);
    assertThat(api.get("/api/v1/jobs/" + jobId + "/plots/loss.svg").text())
        .contains("evaluation", "checkpoint", "attempt 2");
  }

  @Test
  @Order(2)
  void its_evaluations_tell_of_each_class_newest_first() {
    String evaluations = "/api/v1/jobs/" + jobId + "/evaluations";
    Answer page = api.get(evaluations + "?pageSize=3");
    assertThat(page.status()).as(page.text()).isEqualTo(200);
    assertThat(steps(page.json().get("items"))).containsExactly(400L, 350L, 300L);
    String token = page.json().get("nextPageToken").asString();
    assertThat(page.header("Link")).contains("pageToken=" + token);
    JsonNode rest = api.get(evaluations + "?pageSize=100&pageToken=" + token).json();
    assertThat(steps(rest.get("items"))).containsExactly(250L, 200L, 150L, 100L, 50L);

    JsonNode newest = page.json().at("/items/0");
    assertThat(newest.get("examples").asLong() + newest.get("leftOut").asLong()).isEqualTo(90);
    assertThat(newest.get("leftOut").asLong()).isZero();
    assertThat(newest.get("classes"))
        .extracting(it -> it.get("label").asString())
        .containsExactly(TinyImages.LABELS);
    assertThat(newest.get("classes"))
        .extracting(it -> it.get("support").asLong())
        .containsOnly(30L);
    long right = 0;
    for (int i = 0; i < 3; i++) {
      right += newest.at("/confusionMatrix/" + i + "/" + i).asLong();
    }
    JsonNode compact = status(jobId).at("/metrics/evaluation");
    assertThat(compact.get("accuracy").asDouble()).isEqualTo(right / 90.0);
    assertThat(compact.get("f1").asDouble()).isEqualTo(newest.at("/metrics/f1_score").asDouble());
    assertThat(compact.get("precision").asDouble()).isBetween(0.5, 1.0);
    assertThat(compact.get("recall").asDouble()).isBetween(0.5, 1.0);
    assertThat(compact.get("examples").asLong()).isEqualTo(90);
    assertThat(compact.get("leftOut").asLong()).isZero();
  }

  @Test
  @Order(3)
  void the_model_is_registered_once_with_all_that_it_came_from() {
    JsonNode versions = api.get("/api/v1/models/shapes/versions").json();
    assertThat(versions.at("/items")).hasSize(1);
    JsonNode version = api.get("/api/v1/models/shapes/versions/1").json();
    assertThat(version.get("job").asString()).isEqualTo(jobId);
    assertThat(version.at("/dataset/name").asString()).isEqualTo("shapes");
    assertThat(version.at("/dataset/sha256").asString())
        .isEqualTo(api.get("/api/v1/datasets/shapes").json().get("sha256").asString());
    assertThat(version.at("/metrics/accuracy").asDouble())
        .isEqualTo(status(jobId).at("/metrics/evaluation/accuracy").asDouble());
    JsonNode evaluation = api.get("/api/v1/jobs/" + jobId + "/evaluations").json().at("/items/0");
    for (String field : List.of("metrics", "examples", "leftOut", "classes", "confusionMatrix")) {
      assertThat(version.get("evaluation").get(field)).isEqualTo(evaluation.get(field));
    }
    assertThat(version.get("metrics")).isEqualTo(evaluation.get("metrics"));
    assertThat(versions.at("/items/0").has("evaluation")).as("lists stay short").isFalse();
    assertThat(version.get("labels"))
        .extracting(JsonNode::asString)
        .containsExactly(TinyImages.LABELS);
    assertThat(version.at("/libraryVersions/tensorflow").asString()).startsWith("2.");
    assertThat(status(jobId).at("/model/version").asInt()).isEqualTo(1);
  }

  @Test
  @Order(4)
  void the_download_is_whole_and_loads_elsewhere(@TempDir Path elsewhere) throws Exception {
    Answer download = api.get("/api/v1/models/shapes/versions/1/download?format=zip");
    assertThat(download.status()).isEqualTo(200);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(download.bytes());
    assertThat(download.header("Repr-Digest"))
        .isEqualTo("sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":");
    Path model = unzip(download.bytes(), elsewhere);
    try (SavedModelBundle bundle = SavedModelBundle.load(model.toString())) {
      assertThat(bundle.signatures())
          .extracting(signature -> signature.key())
          .contains("serving_default", "classes");
    }
  }

  @Test
  @Order(5)
  void it_predicts_images_that_it_has_never_seen() {
    int right = 0;
    for (int kind = 0; kind < 3; kind++) {
      String b64 = Base64.getEncoder().encodeToString(TinyImages.jpeg(kind, 999 + kind));
      Answer answer =
          api.post(
              "/v1/models/shapes:predict",
              "{\"instances\": [{\"image_bytes\": {\"b64\": \"" + b64 + "\"}}]}");
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      JsonNode prediction = answer.json().at("/predictions/0");
      double sum = 0;
      for (JsonNode p : prediction.get("probabilities")) {
        sum += p.asDouble();
      }
      assertThat(sum).isCloseTo(1, within(1e-4));
      assertThat(prediction.get("class").asString())
          .isEqualTo(TinyImages.LABELS[prediction.get("classid").asInt()]);
      right += prediction.get("classid").asInt() == kind ? 1 : 0;
    }
    assertThat(right).isGreaterThanOrEqualTo(2);
  }

  @Test
  @Order(6)
  void a_running_job_that_is_cancelled_writes_a_checkpoint_and_registers_nothing()
      throws IOException {
    String id =
        api.post("/api/v1/jobs", JOB.formatted(1_000_000, 1_000_000, "never"))
            .json()
            .get("id")
            .asString();
    assertThat(api.delete("/api/v1/jobs/" + id).status()).as("not finished").isEqualTo(409);
    await().atMost(ofSeconds(60)).until(() -> status(id).at("/progress/step").asLong() > 0);
    Answer cancel = api.post("/api/v1/jobs/" + id + "/cancel", "");
    assertThat(cancel.status()).isEqualTo(202);
    assertThat(cancel.json().at("/status/state").asString()).isEqualTo("CANCELLING");
    await().atMost(ofSeconds(30)).until(() -> state(id).equals("CANCELLED"));
    assertThat(hasCheckpoint(id)).isTrue();
    await().atMost(ofSeconds(60)).until(() -> trainers().isEmpty());
    assertThat(api.get("/api/v1/models/never").status()).isEqualTo(404);
    assertThat(api.post("/api/v1/jobs/" + id + "/cancel", "").status()).isEqualTo(409);
    assertThat(api.delete("/api/v1/jobs/" + id).status()).isEqualTo(204);
    assertThat(api.get("/api/v1/jobs/" + id).status()).isEqualTo(404);
    await().atMost(ofSeconds(10)).until(() -> !Files.exists(data.resolve("jobs").resolve(id)));
  }

  @Test
  @Order(7)
  void prometheus_sees_what_happened() throws Exception {
    String metrics = api.get("/actuator/prometheus").text();
    assertThat(metrics)
        .containsPattern("trainyard_jobs\\{state=\"succeeded\"} 1")
        .containsPattern("trainyard_training_steps_total\\{.*model_type=\"cnn\".*} [1-9]")
        .contains("trainyard_job_queue_wait_seconds_count")
        .contains("trainyard_job_run_time_seconds_bucket")
        .containsPattern(
            "trainyard_training_step_time_seconds_count\\{.*model_type=\"cnn\".*} [1-9]")
        .containsPattern("trainyard_checkpoint_time_seconds_count\\{.*} [1-9]")
        .containsPattern("trainyard_export_time_seconds_count\\{.*} 1")
        .containsPattern("trainyard_storage_used_bytes\\{what=\"datasets\"} ")
        .containsPattern("trainyard_worker_slots\\{state=\"free\"} 1")
        .contains("trainyard_dataset_conversion_seconds_count")
        .containsPattern("trainyard_model_downloads_total\\{format=\"zip\"} 1")
        .doesNotContain(jobId);
    assertThatPrometheusHasNothingToSayAgainst(metrics);
  }

  /** Where its own tool is installed: names, units and help texts are as they should be. */
  private static void assertThatPrometheusHasNothingToSayAgainst(String metrics) throws Exception {
    if (!Files.isExecutable(Path.of("/usr/bin/promtool"))) {
      return;
    }
    Path scrape = Files.writeString(data.resolve("scrape.txt"), metrics);
    Process promtool =
        new ProcessBuilder("/usr/bin/promtool", "check", "metrics")
            .redirectInput(scrape.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(promtool.waitFor()).as(said).isZero();
    assertThat(said).isEmpty();
  }

  @Test
  @Order(8)
  void a_job_begins_with_what_another_has_learned_and_ends_when_its_time_is_used_up() {
    String job = JOB.formatted(1_000_000, 1_000_000, "shapes");
    String source =
        "\"warmStartFrom\": {\"model\": \"shapes\", \"version\": \"latest\"}, \"timeLimit\": \"PT1S\", \"seed\"";
    Answer accepted = api.post("/api/v1/jobs", job.replace("\"seed\"", source));
    assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
    assertThat(accepted.json().at("/warmStart/version").asInt()).isEqualTo(1);
    assertThat(accepted.json().at("/spec/training/warmStartFrom/version").asString())
        .isEqualTo("latest");
    Answer deleted = api.delete("/api/v1/models/shapes?force=true");
    assertThat(deleted.status()).as("while the job begins with it").isEqualTo(409);
    assertThat(deleted.text()).contains("/problems/in-use").contains("warmStartFrom");
    String id = accepted.json().get("id").asString();
    await().atMost(ofSeconds(90)).until(() -> state(id).equals("SUCCEEDED"));

    JsonNode status = status(id);
    assertThat(status.get("endedBy").asString()).isEqualTo("TIME_LIMIT");
    assertThat(status.get("message").asString()).contains("training.timeLimit");
    assertThat(status.at("/model/version").asInt()).isEqualTo(2);
    JsonNode version = api.get("/api/v1/models/shapes/versions/2").json();
    assertThat(version.at("/warmStart/version").asInt()).isEqualTo(1);
    assertThat(version.at("/dataset/trainExamples").asInt()).isPositive();
    assertThat(version.at("/attempts/0/outcome").asString()).isEqualTo("SUCCEEDED");
    assertThat(version.at("/attempts/0/toStep").asLong()).isPositive();
    assertThat(api.get("/api/v1/jobs/" + id + "/log").text())
        .contains("Training ended at step", "training.timeLimit");

    String other = JOB.formatted(1, 1, "others");
    String from = "\"warmStartFrom\": {\"job\": \"" + jobId + "\"}, \"seed\"";
    String next =
        api.post("/api/v1/jobs", other.replace("\"seed\"", from)).json().get("id").asString();
    await().atMost(ofSeconds(90)).until(() -> state(next).equals("SUCCEEDED"));
    assertThat(status(next).get("endedBy").asString()).isEqualTo("STEPS");
    assertThat(status(next).at("/metrics/evaluation/accuracy").asDouble())
        .as("after one step of its own")
        .isGreaterThan(0.7);
  }

  private boolean hasCheckpoint(String id) throws IOException {
    Path folder = data.resolve("jobs").resolve(id).resolve("attempt-1").resolve("checkpoints");
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (var steps = Files.list(folder)) {
      return steps
          .filter(step -> step.getFileName().toString().matches("[1-9][0-9]*")) // published
          .anyMatch(step -> Files.exists(step.resolve("manifest.json")));
    }
  }

  private static List<ProcessHandle> trainers() {
    return ProcessHandle.current()
        .descendants()
        .filter(p -> p.info().commandLine().orElse("").contains(TrainerProcess.TRAINER_MAIN))
        .filter(p -> p.info().commandLine().orElse("").contains("-Xmx259m"))
        .toList();
  }

  private JsonNode status(String id) {
    return api.get("/api/v1/jobs/" + id).json().get("status");
  }

  private String state(String id) {
    JsonNode status = status(id);
    String state = status.get("state").asString();
    assertThat(state).as(status.toString()).isNotEqualTo("FAILED");
    return state;
  }

  private static List<String> states(JsonNode status) {
    return StreamSupport.stream(status.get("transitions").spliterator(), false)
        .map(t -> t.get("state").asString())
        .toList();
  }

  private static List<Long> steps(JsonNode points) {
    return StreamSupport.stream(points.spliterator(), false)
        .map(point -> point.get("step").asLong())
        .toList();
  }

  /** Unpacks the archive; the folder that holds saved_model.pb. */
  private static Path unzip(byte[] archive, Path into) throws IOException {
    Map<String, Path> models = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = into.resolve(entry.getName()).normalize();
        assertThat(target).startsWithRaw(into);
        if (entry.isDirectory()) {
          continue;
        }
        Files.createDirectories(target.getParent());
        Files.copy(zip, target);
        if (target.endsWith("saved_model.pb")) {
          models.put(entry.getName(), target.getParent());
        }
      }
    }
    assertThat(models).hasSize(1);
    return models.values().iterator().next();
  }
}
