package dev.trainyard.job.preflight;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.ApiClient;
import dev.trainyard.ApiClient.Answer;
import dev.trainyard.TemporaryData;
import dev.trainyard.TinyImages;
import dev.trainyard.spec.SpecJson;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** What a job would take, asked by curl before it is queued, with real steps in real processes. */
@Tag("h2")
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "trainyard.worker.standby-trainers=0",
      "trainyard.worker.poll-interval=200ms",
      "trainyard.preflight.heap=258MB" // tells its processes from those of other tests
    })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PreflightApiTest {

  private static final String JOBS = "/api/v1/jobs";
  private static final String TRY = JOBS + "?validateOnly=true";

  private static final String JOB =
      """
      {"name": "tiny", "dataset": "shapes",
       "model": {"type": "cnn", "filters1": 4, "filters2": 4, "units": 8},
       "input": {"height": 24, "width": 24},
       "training": {"batchSize": 6, "steps": 500, "stepsPerEvaluation": 100}}
      """;

  static final Path data = TemporaryData.folder();

  private ApiClient api;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("trainyard.data-dir", data::toString);
    registry.add("trainyard.job.max-parameters", () -> 500_000_000_000L);
  }

  @BeforeAll
  void upload(@LocalServerPort int port) {
    api = new ApiClient(port);
    upload("shapes");
    await()
        .atMost(ofSeconds(90))
        .until(() -> api.get("/api/v1/workers").json().at("/items/0/devices").size() > 0);
  }

  @Test
  void a_job_is_told_what_it_would_take_and_is_not_queued() throws IOException {
    Answer answer = api.post(TRY, JOB);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().get("valid").asBoolean()).isTrue();
    assertThat(answer.json().at("/spec/training/optimizer/type").asString()).isEqualTo("adam");
    JsonNode preflight = answer.json().get("preflight");
    assertThat(preflight.at("/trial/result").asString()).as(answer.text()).isEqualTo("COMPLETE");
    assertThat(preflight.at("/trial/steps").asInt()).isGreaterThan(3);
    assertThat(preflight.at("/dataset/classes").asInt()).isEqualTo(3);
    assertThat(preflight.at("/dataset/trainExamples").asInt()).isEqualTo(27);

    long weights = 5 * 5 * 3 * 4 + 4 + 5 * 5 * 4 * 4 + 4 + 6 * 6 * 4 * 8 + 8 + 8 * 3 + 3;
    assertThat(preflight.get("parameters").asLong()).isEqualTo(weights);
    assertThat(preflight.at("/disk/checkpointBytes").asLong())
        .as("weights and two slots, and what says which they are")
        .isBetween(3 * 4 * weights, 3 * 4 * weights + 20_000);
    assertThat(preflight.at("/disk/keptCheckpointsBytes").asLong())
        .isEqualTo(4 * preflight.at("/disk/checkpointBytes").asLong());
    assertThat(preflight.at("/disk/modelBytes").asLong()).isGreaterThan(4 * weights);

    JsonNode memory = preflight.get("memory");
    assertThat(memory.get("measuredPeakBytes").asLong())
        .as("a JVM with TensorFlow")
        .isBetween(100L << 20, memory.get("availableBytes").asLong());
    assertThat(memory.get("estimatedBytes").asLong())
        .isBetween(3 * 4 * weights, memory.get("measuredPeakBytes").asLong());
    assertThat(memory.get("largestBatchSize").asInt()).as("all of the dataset").isEqualTo(27);

    double step = preflight.get("secondsPerStep").asDouble();
    assertThat(preflight.get("examplesPerSecond").asDouble() * step).isBetween(5.99, 6.01);
    assertThat(preflight.get("totalSteps").asLong()).isEqualTo(500);
    assertThat(seconds(preflight.at("/durations/training"))).isBetween(498 * step, 500 * step);
    assertThat(seconds(preflight.get("estimatedDuration")))
        .isGreaterThan(seconds(preflight.at("/durations/training")));

    assertThat(api.get(JOBS).json().get("items")).isEmpty();
    try (Stream<Path> left = Files.walk(data.resolve("tmp"))) {
      assertThat(left.filter(file -> file.endsWith("plan.json"))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {JOBS, TRY})
  void a_batch_that_fits_no_worker_is_refused_with_the_largest_that_would(String path) {
    // 1024 filters keep 8 GB an image.
    String wide = "{'type': 'cnn', 'filters1': 1024, 'filters2': 1, 'units': 1}".replace('\'', '"');
    Answer refused = api.post(path, job("model", wide, 27));
    assertThat(refused.status()).as(refused.text()).isEqualTo(422);
    JsonNode error = refused.json().at("/errors/0");
    assertThat(error.get("field").asString()).isEqualTo("training.batchSize");
    assertThat(error.get("message").asString())
        .containsPattern("make it [1-9]\\d? or less")
        .contains("training.gradientAccumulationSteps");
  }

  @ParameterizedTest
  @ValueSource(strings = {JOBS, TRY})
  void a_network_that_fits_no_worker_or_is_larger_than_any_may_be_is_refused(String path) {
    String network = "{\"type\": \"cnn\", \"filters1\": 1, \"filters2\": 1024, \"units\": %d}";
    Answer unfit = api.post(path, job("model", network.formatted(4096), 1));
    assertThat(unfit.status()).as(unfit.text()).isEqualTo(422);
    assertThat(unfit.json().at("/errors/0/field").asString()).isEqualTo("model");
    assertThat(unfit.text()).contains("no batch would fit");

    Answer large = api.post(path, job("model", network.formatted(8192), 1));
    assertThat(large.status()).as(large.text()).isEqualTo(422);
    assertThat(large.json().at("/errors/0/field").asString()).isEqualTo("model");
    assertThat(large.json().at("/errors/0/message").asString())
        .contains("549,755,")
        .contains("trainyard.job.max-parameters is 500,000,000,000");
  }

  @Test
  void what_this_machine_cannot_try_is_reckoned() {
    Answer answer = api.post(TRY, job("accelerator", "{\"type\": \"GPU\", \"replicas\": 1}", 6));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    JsonNode preflight = answer.json().get("preflight");
    assertThat(preflight.at("/trial/result").asString()).isEqualTo("NOT_TRIED");
    assertThat(preflight.at("/trial/message").asString()).contains("GPU");
    assertThat(preflight.get("parameters").asLong()).isPositive();
    assertThat(preflight.at("/memory/estimatedBytes").asLong()).isPositive();
    assertThat(preflight.at("/disk/checkpointBytes").asLong()).isPositive();
    assertThat(preflight.has("secondsPerStep")).isFalse();
    assertThat(preflight.has("estimatedDuration")).isFalse();
  }

  @Test
  void one_more_than_may_be_tried_at_a_time_is_told_when_to_come_back() {
    List<CompletableFuture<Answer>> together =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> api.post(TRY, JOB)))
            .limit(2)
            .toList();
    List<Answer> answers = together.stream().map(CompletableFuture::join).toList();
    assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 503);
    Answer refused = answers.stream().filter(it -> it.status() == 503).findFirst().orElseThrow();
    assertThat(refused.json().get("type").asString()).isEqualTo("/problems/preflight-unavailable");
    assertThat(refused.header("Retry-After")).isEqualTo("5");
  }

  @Test
  void a_dataset_whose_files_have_changed_is_refused_and_fails_a_job_with_a_data_error()
      throws IOException {
    String id = upload("damaged");
    Path shard = data.resolve("datasets").resolve(id).resolve("train-00000-of-00001");
    try (FileChannel file = FileChannel.open(shard, StandardOpenOption.WRITE)) {
      file.truncate(file.size() - 1);
    }
    String spec = JOB.replace("\"shapes\"", "\"damaged\"");
    Answer refused = api.post(TRY, spec);
    assertThat(refused.status()).as(refused.text()).isEqualTo(409);
    assertThat(refused.json().get("type").asString()).isEqualTo("/problems/dataset-damaged");
    assertThat(refused.text()).contains("train-00000-of-00001 has");

    String job = JOBS + "/" + api.post(JOBS, spec).json().get("id").asString();
    JsonNode failed = api.with("Prefer", "wait=30").get(job).json().get("status");
    assertThat(failed.get("state").asString()).isEqualTo("FAILED");
    assertThat(failed.get("reason").asString()).isEqualTo("DATA_ERROR");
    assertThat(failed.get("message").asString()).contains("train-00000-of-00001 has");
    api.delete(job);
  }

  @Test
  void a_bit_that_has_changed_is_found_before_the_first_step() throws IOException {
    String id = upload("flipped");
    Path shard = data.resolve("datasets").resolve(id).resolve("train-00000-of-00001");
    byte[] bytes = Files.readAllBytes(shard);
    bytes[bytes.length / 2] ^= 1;
    Files.write(shard, bytes);
    Answer refused = api.post(TRY, JOB.replace("\"shapes\"", "\"flipped\""));
    assertThat(refused.status()).as(refused.text()).isEqualTo(409);
    assertThat(refused.text()).contains("SHA-256");

    Files.delete(shard.resolveSibling("manifest.json"));
    Answer lost = api.post(JOBS, JOB.replace("\"shapes\"", "\"flipped\""));
    assertThat(lost.status()).as(lost.text()).isEqualTo(409);
    assertThat(lost.json().get("type").asString()).isEqualTo("/problems/dataset-damaged");
  }

  private static double seconds(JsonNode duration) {
    return Duration.parse(duration.asString()).toMillis() / 1e3;
  }

  /** The job with one part in place of what it has, at images of the largest size, in float32. */
  private static String job(String part, String value, int batchSize) {
    Map<String, Object> spec = SpecJson.MAPPER.readValue(JOB, Map.class);
    spec.put(part, SpecJson.MAPPER.readTree(value));
    if (part.equals("model")) {
      spec.put("input", Map.of("height", 1024, "width", 1024));
    }
    spec.put("training", Map.of("batchSize", batchSize, "precision", "float32"));
    return SpecJson.MAPPER.writeValueAsString(spec);
  }

  private String upload(String name) {
    Answer accepted =
        api.upload(
            "/api/v1/datasets",
            "s.zip",
            TinyImages.zip(10, 1),
            Map.of("name", name, "validationFraction", "0.1"));
    String id = accepted.json().get("id").asString();
    await()
        .atMost(ofSeconds(60))
        .until(
            () -> api.get("/api/v1/datasets/" + id).json().get("state").asString().equals("READY"));
    return id;
  }
}
