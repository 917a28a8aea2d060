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

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CALLER = "00f067aa0ba902b7";

  @TempDir Path data;

  private OtlpReceiver spans;
  private RunningService service;

  @BeforeEach
  void start() throws IOException {
    spans = new OtlpReceiver();
    service = RunningService.start(data, spans.property());
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
    spans.close();
  }

  @Test
  void whatever_was_acknowledged_survives_the_death_of_the_service_and_so_does_its_trace()
      throws Exception {
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

    service = RunningService.start(data, spans.property());
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
    assertThatOneTraceFollowed(running);
  }

  /** From its request, through the queue twice, to its model; and the logs tell which it is. */
  private void assertThatOneTraceFollowed(String job) throws IOException {
    await().atMost(ofSeconds(20)).until(() -> !spans.of(TRACE, "attempt").isEmpty());
    OtlpReceiver.Span request = the("http post /api/v1/jobs");
    assertThat(request.parent()).isEqualTo(CALLER);
    assertThat(request.attribute("trainyard.job.id")).isEqualTo(job);
    OtlpReceiver.Span attempt = the("attempt"); // the other one died before it could be sent
    assertThat(attempt.parent()).isEqualTo(request.id());
    assertThat(attempt.attributes())
        .containsEntry("trainyard.job.id", job)
        .containsEntry("trainyard.attempt", 2L)
        .containsEntry("trainyard.outcome", "succeeded");
    assertThat(spans.of(TRACE, "queue"))
        .allMatch(queue -> queue.parent().equals(request.id()))
        .extracting(queue -> queue.attribute("trainyard.attempt"))
        .containsExactly(1L, 2L);
    assertThat(spans.of(TRACE, "queue").get(1).end()).isEqualTo(attempt.start());

    long before = attempt.start();
    for (String part : List.of("start", "compile", "train", "export", "register")) {
      List<OtlpReceiver.Span> found =
          spans.of(TRACE, part).stream().filter(attempt::holds).toList();
      assertThat(found).as(part).hasSize(1);
      assertThat(found.get(0).start()).as(part).isGreaterThanOrEqualTo(before);
      before = found.get(0).end();
    }
    OtlpReceiver.Span training = the("train");
    for (String part : List.of("evaluate", "checkpoint")) {
      assertThat(spans.of(TRACE, part).stream().filter(training::holds).toList())
          .as(part)
          .hasSizeGreaterThan(2)
          .last()
          .satisfies(last -> assertThat(last.attribute("trainyard.step")).isEqualTo(1500L));
    }

    assertThat(get("/api/v1/jobs/" + job).get("traceId").asString()).isEqualTo(TRACE);
    assertThat(service.api().get("/api/v1/jobs/" + job + "/log").text())
        .containsPattern("(?s)traceparent 00-" + TRACE + ".*traceparent 00-" + TRACE)
        .contains("traceparent 00-" + TRACE + "-" + attempt.id() + "-01");
    assertThat(Files.readString(service.log()))
        .containsPattern("\\[" + TRACE + "] .*Model running version 1 is ready");
  }

  private OtlpReceiver.Span the(String name) {
    assertThat(spans.of(TRACE, name)).as(name).hasSize(1);
    return spans.of(TRACE, name).get(0);
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
    ApiClient caller =
        name.equals("running")
            ? service.api().with("traceparent", "00-" + TRACE + "-" + CALLER + "-01")
            : service.api();
    ApiClient.Answer answer = caller.post("/api/v1/jobs", JOB.formatted(name, steps));
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
