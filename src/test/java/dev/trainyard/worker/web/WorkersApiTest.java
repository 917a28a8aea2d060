package dev.trainyard.worker.web;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.ApiClient;
import dev.trainyard.TemporaryData;
import dev.trainyard.TinyImages;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

@Tag("database")
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"trainyard.worker.poll-interval=100ms", "trainyard.worker.standby-trainers=1"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkersApiTest {

  /** By the rules of a TPU, which the others can keep too. */
  private static final String JOB =
      """
      {"name": "elsewhere", "dataset": "shapes", "model": {"type": "cnn", "units": 16},
       "input": {"height": 32, "width": 32, "transpose": true},
       "training": {"batchSize": 16, "steps": 10, "iterationsPerLoop": 10, "evaluateRemainder": false},
       "accelerator": {"type": "%s", "replicas": 1}}
      """;

  static final Path data = TemporaryData.folder();

  private ApiClient api;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("trainyard.data-dir", data::toString);
  }

  @BeforeAll
  void upload(@LocalServerPort int port) {
    api = new ApiClient(port);
    api.upload("/api/v1/datasets", "shapes.zip", TinyImages.zip(20, 1), Map.of("name", "shapes"));
    await()
        .atMost(ofSeconds(60))
        .until(
            () ->
                api.get("/api/v1/datasets/shapes").json().get("state").asString().equals("READY"));
    await().atMost(ofSeconds(90)).until(() -> worker().get("devices").size() > 0);
  }

  @Test
  void the_worker_is_listed_with_its_devices() {
    JsonNode worker = worker();
    assertThat(worker.get("id").asString()).contains("-" + ProcessHandle.current().pid() + "-");
    assertThat(worker.get("state").asString()).isEqualTo("ACTIVE");
    assertThat(worker.get("heartbeatTime").isString()).isTrue();
    assertThat(worker.get("slots").asInt()).isEqualTo(1);
    assertThat(worker.get("tensorflowVersion").asString()).startsWith("2.");
    assertThat(worker.at("/devices/0/type").asString()).isEqualTo("CPU");
    assertThat(worker.at("/devices/0/fastBfloat16").isBoolean()).isTrue();
    assertThat(worker.at("/devices/0/memoryBytes").asLong()).isPositive();
    assertThat(api.get("/actuator/prometheus").text())
        .containsPattern("trainyard_worker_devices\\{type=\"cpu\"} 1")
        .containsPattern("trainyard_worker_devices\\{type=\"tpu\"} 0")
        .containsPattern("trainyard_standby_trainers [01]");
  }

  @Test
  void a_trainer_waits_for_a_job() {
    await().atMost(ofSeconds(60)).until(() -> worker().get("standbyTrainers").asInt() == 1);
  }

  @Test
  void a_job_for_a_gpu_waits_and_names_the_devices_that_there_are() {
    waitsWithReason("GPU");
  }

  @Test
  void a_job_for_a_tpu_has_one_looked_for_and_waits() {
    waitsWithReason("TPU");
  }

  @Test
  void a_running_job_is_listed_with_its_worker() {
    String id =
        api.post(
                "/api/v1/jobs",
                JOB.formatted("CPU").replace("\"steps\": 10,", "\"steps\": 1000000,"))
            .json()
            .get("id")
            .asString();
    await()
        .atMost(ofSeconds(60))
        .until(() -> worker().at("/runningJobs/0").asString("").equals(id));
    api.post("/api/v1/jobs/" + id + "/cancel", "");
    await().atMost(ofSeconds(60)).until(() -> worker().get("runningJobs").isEmpty());
  }

  private void waitsWithReason(String accelerator) {
    ApiClient.Answer accepted = api.post("/api/v1/jobs", JOB.formatted(accelerator));
    assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
    String job = "/api/v1/jobs/" + accepted.json().get("id").asString();
    await()
        .atMost(ofSeconds(60))
        .until(() -> api.get(job).json().at("/status/waiting/message").isString());
    JsonNode status = api.get(job).json().get("status");
    assertThat(status.get("state").asString()).isEqualTo("QUEUED");
    assertThat(status.at("/waiting/reason").asString()).isEqualTo("ACCELERATOR_UNAVAILABLE");
    assertThat(status.at("/waiting/position").asLong()).isPositive();
    assertThat(status.at("/waiting/message").asString())
        .contains("a " + accelerator)
        .contains("what the workers have is: CPU")
        .contains("start a worker");
    api.post(job + "/cancel", "");
  }

  private JsonNode worker() {
    JsonNode items = api.get("/api/v1/workers").json().get("items");
    assertThat(items).hasSize(1);
    return items.get(0);
  }
}
