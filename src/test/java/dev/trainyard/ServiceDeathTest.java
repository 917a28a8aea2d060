package dev.trainyard;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.trainer.protocol.TrainerProcess;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The service in a process of its own, killed and stopped as machines and operators do it; with H2,
 * for the chaos tests do the same on PostgreSQL.
 */
@Tag("h2")
class ServiceDeathTest {

  private static final String JOB =
      """
      {"name": "%s", "dataset": "shapes", "model": {"type": "cnn", "units": 32},
       "input": {"height": 32, "width": 32, "augmentation": "none"},
       "training": {"batchSize": 16, "steps": %d, "stepsPerEvaluation": 20,
                    "optimizer": {"type": "adam", "learningRate": 0.001}}}
      """;

  @TempDir Path data;

  private RunningService service;

  @BeforeEach
  void start() throws IOException {
    service = RunningService.start(data);
    assertThat(
            service
                .api()
                .upload(
                    "/api/v1/datasets",
                    "shapes.zip",
                    TinyImages.zip(30, 1),
                    Map.of("name", "shapes"))
                .status())
        .isEqualTo(202);
    await()
        .atMost(ofSeconds(60))
        .until(() -> get("/api/v1/datasets/shapes").get("state").asString().equals("READY"));
  }

  @AfterEach
  void end() {
    service.kill();
  }

  @Test
  void whatever_was_acknowledged_survives_the_death_of_the_service() throws Exception {
    String running = submit("running", 1500);
    String waiting = submit("waiting", 20);
    await().atMost(ofSeconds(90)).until(() -> step(running) >= 20);
    List<ProcessHandle> trainers = service.children(TrainerProcess.TRAINER_MAIN);
    assertThat(trainers).as("one trains, another may wait").isNotEmpty();

    byte[] zip = TinyImages.zip(3, 2);
    String upload = begin(zip.length);
    assertThat(append(upload, 0, Arrays.copyOf(zip, 500)).status()).isEqualTo(204);

    service.kill();
    Path file = data.resolve("incoming").resolve(upload.substring(upload.lastIndexOf('/') + 1));
    Files.writeString(file, "what was never acknowledged", StandardOpenOption.APPEND);
    await()
        .atMost(ofSeconds(20))
        .untilAsserted(() -> assertThat(trainers).noneMatch(ProcessHandle::isAlive));

    service = RunningService.start(data);
    assertThat(service.api().head(upload).header("Upload-Offset")).isEqualTo("500");
    append(upload, 500, Arrays.copyOfRange(zip, 500, zip.length));
    assertThat(Files.readAllBytes(file)).isEqualTo(zip);
    await().atMost(ofSeconds(180)).until(() -> state(running).equals("SUCCEEDED"));
    await().atMost(ofSeconds(60)).until(() -> state(waiting).equals("SUCCEEDED"));
    assertThat(transitions(running))
        .containsExactly(
            "QUEUED", "PREPARING", "RUNNING", "QUEUED", "PREPARING", "RUNNING", "SUCCEEDED");
    assertThat(transitions(waiting)).containsExactly("QUEUED", "PREPARING", "RUNNING", "SUCCEEDED");
    assertThat(get("/api/v1/models/running/versions").get("items")).hasSize(1);
    assertThat(TemporaryData.halfWritten(data)).isEmpty();
  }

  @Test
  void a_service_that_is_told_to_stop_lets_its_trainer_write_a_checkpoint_and_resumes_later()
      throws Exception {
    String id = submit("stopped", 100_000);
    await().atMost(ofSeconds(90)).until(() -> step(id) >= 5);
    service.terminate();
    Path checkpoints = data.resolve("jobs").resolve(id).resolve("attempt-1").resolve("checkpoints");
    long saved;
    try (var folders = Files.list(checkpoints)) {
      saved =
          folders.mapToLong(f -> Long.parseLong(f.getFileName().toString())).max().orElseThrow();
    }
    assertThat(saved).isPositive();

    service = RunningService.start(data);
    await().atMost(ofSeconds(90)).until(() -> step(id) > saved);
    assertThat(transitions(id)).startsWith("QUEUED", "PREPARING", "RUNNING", "QUEUED");
    assertThat(get("/api/v1/jobs/" + id).at("/status/transitions/3/reason").asString())
        .isEqualTo("WORKER_STOPPED");
    service.api().post("/api/v1/jobs/" + id + "/cancel", "");
    await().atMost(ofSeconds(30)).until(() -> state(id).equals("CANCELLED"));
  }

  private String begin(long length) {
    return service
        .api()
        .send(
            HttpRequest.newBuilder(service.api().uri("/api/v1/uploads"))
                .POST(BodyPublishers.noBody())
                .header("Upload-Length", String.valueOf(length)))
        .header("Location");
  }

  private ApiClient.Answer append(String upload, long offset, byte[] bytes) {
    return service
        .api()
        .send(
            HttpRequest.newBuilder(service.api().uri(upload))
                .method("PATCH", BodyPublishers.ofByteArray(bytes))
                .header("Content-Type", "application/offset+octet-stream")
                .header("Upload-Offset", String.valueOf(offset)));
  }

  private String submit(String name, long steps) {
    ApiClient.Answer answer = service.api().post("/api/v1/jobs", JOB.formatted(name, steps));
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer.json().get("id").asString();
  }

  private JsonNode get(String path) {
    return service.api().get(path).json();
  }

  private String state(String id) {
    return get("/api/v1/jobs/" + id).at("/status/state").asString();
  }

  private long step(String id) {
    return get("/api/v1/jobs/" + id).at("/status/progress/step").asLong();
  }

  private List<String> transitions(String id) {
    JsonNode all = get("/api/v1/jobs/" + id).at("/status/transitions");
    return StreamSupport.stream(all.spliterator(), false)
        .map(t -> t.get("state").asString())
        .toList();
  }
}
