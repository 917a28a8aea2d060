package dev.trainyard;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.ApiClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The data folder's disk is full, to the last byte, while the service writes to it; with H2, whose
 * files are there too.
 */
@Tag("chaos")
@Tag("h2")
class FullDiskTest {

  private static final long MEGABYTE = 1 << 20;
  private static final String JOB =
      """
      {"name": "%s", "dataset": "shapes", "model": {"type": "cnn", "units": 32},
       "input": {"height": 32, "width": 32, "augmentation": "none"},
       "training": {"batchSize": 16, "steps": %d, "stepsPerEvaluation": 20,
                    "optimizer": {"type": "adam", "learningRate": 0.001}}}
      """;

  private SmallDisk disk;
  private Path data;
  private RunningService service;

  @BeforeEach
  void start() throws IOException {
    disk = SmallDisk.ofMegabytes(400);
    data = disk.root().resolve("data");
    service =
        RunningService.start(
            disk,
            "trainyard.min-free-space=1MB",
            "trainyard.worker.standby-trainers=0",
            "trainyard.model.standby-predictors=0");
    assertThat(upload("shapes", TinyImages.zip(30, 1)).status()).isEqualTo(202);
    awaitDataset("shapes", "READY");
  }

  @AfterEach
  void end() throws IOException {
    if (service != null) {
      service.kill();
    }
    disk.close();
  }

  @Test
  void a_conversion_that_fills_it_fails_and_shows_no_shard() throws IOException {
    byte[] archive = TinyImages.zip(1100, 7);
    assertThat(archive.length).isGreaterThan((int) (3 * MEGABYTE));
    disk.fillTo(archive.length + MEGABYTE + MEGABYTE / 2);
    assertThat(upload("large", archive).status()).isEqualTo(202);
    awaitDataset("large", "FAILED");
    JsonNode dataset = get("/api/v1/datasets/large");
    assertThat(dataset.get("reason").asString()).isEqualTo("DISK_FULL");
    try (Stream<Path> all =
        Files.walk(data.resolve("datasets").resolve(dataset.get("id").asString()))) {
      assertThat(all).noneMatch(path -> path.toString().contains("tfrecord"));
    }
    await()
        .atMost(ofSeconds(10))
        .untilAsserted(() -> assertThat(TemporaryData.halfWritten(data)).isEmpty());

    disk.empty();
    assertThat(upload("large", archive).status()).isEqualTo(202);
    awaitDataset("large", "READY");
  }

  @Test
  void a_job_whose_checkpoint_fills_it_goes_on_from_the_one_before() {
    String job = post(JOB.formatted("long", 100_000)).json().get("id").asString();
    Path folder = data.resolve("jobs").resolve(job);
    Path checkpoints = folder.resolve("attempt-1").resolve("checkpoints");
    await().atMost(ofSeconds(90)).until(() -> newest(checkpoints) > 0);
    disk.fillTo(
        MEGABYTE * 3 / 4); // too little for a checkpoint, enough for what the database notes
    await()
        .atMost(ofSeconds(90))
        .until(
            () -> {
              Answer answer = service.api().get("/api/v1/jobs/" + job);
              return answer.status() == 200
                  && answer.json().at("/status/attempts/0/reason").asString().equals("DISK_FULL");
            });
    long saved = newest(checkpoints);
    assertThat(saved).isPositive();
    assertThat(get("/api/v1/jobs/" + job).at("/status/waiting/reason").asString())
        .isEqualTo("DISK_SPACE_LOW");

    disk.empty();
    await()
        .atMost(ofSeconds(120))
        .until(() -> get("/api/v1/jobs/" + job).at("/status/attempts/1/stepsDone").asLong() > 0);
    assertThat(get("/api/v1/jobs/" + job).at("/status/attempts/1/fromStep").asLong())
        .isEqualTo(saved);
  }

  @Test
  void the_database_goes_on_without_a_restart_and_has_lost_nothing() {
    List<String> acknowledged = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      Answer answer = post(JOB.formatted("kept", 1));
      while (answer.status() == 202) {
        acknowledged.add(answer.header("Location"));
        disk.fillTo(0);
        answer = post(JOB.formatted("kept", 1));
      }
      assertThat(answer.status()).as(answer.text()).isIn(503, 507);
      assertThat(answer.json().get("type").asString())
          .isIn("/problems/disk-full", "/problems/database-unavailable");
      await()
          .atMost(ofSeconds(30))
          .until(() -> service.api().get("/api/v1/datasets/shapes").status() == 200);
      assertThat(service.api().get("/actuator/health/liveness").status()).isEqualTo(200);

      disk.empty();
      await()
          .atMost(ofSeconds(30))
          .until(
              () -> {
                Answer again = post(JOB.formatted("after", 1));
                acknowledged.addAll(
                    again.status() == 202 ? List.of(again.header("Location")) : List.of());
                return again.status() == 202;
              });
      for (String path : acknowledged) {
        await().atMost(ofSeconds(10)).until(() -> service.api().get(path).status() == 200);
      }
    }
  }

  private static long newest(Path checkpoints) {
    if (!Files.isDirectory(checkpoints)) {
      return 0;
    }
    try (Stream<Path> folders = Files.list(checkpoints)) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> name.matches("\\d+"))
          .mapToLong(Long::parseLong)
          .max()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  private Answer post(String job) {
    return service.api().post("/api/v1/jobs", job);
  }

  private Answer upload(String name, byte[] archive) {
    return service.api().upload("/api/v1/datasets", "s.zip", archive, Map.of("name", name));
  }

  private void awaitDataset(String name, String state) {
    await()
        .atMost(ofSeconds(90))
        .until(
            () -> {
              Answer answer = service.api().get("/api/v1/datasets/" + name);
              return answer.status() == 200 && answer.json().get("state").asString().equals(state);
            });
  }

  private JsonNode get(String path) {
    Answer answer = service.api().get(path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }
}
