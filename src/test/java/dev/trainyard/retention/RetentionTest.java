package dev.trainyard.retention;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.ApiClient;
import dev.trainyard.ApiClient.Answer;
import dev.trainyard.TemporaryData;
import dev.trainyard.TinyImages;
import dev.trainyard.storage.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;

/** What a service that runs deletes by itself, and what not. */
@Tag("database")
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "trainyard.worker.slots=0",
      "trainyard.retention.interval=200ms",
      "trainyard.retention.finished-jobs=10d"
    })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetentionTest {

  private static final Duration PASSES = ofSeconds(2);
  private static final Duration SOON = ofSeconds(20);
  private static final Duration OLD = Duration.ofHours(2);
  private static final String JOBS = "/api/v1/jobs";

  static final Path data = TemporaryData.folder();

  @Autowired private JdbcTemplate jdbc;
  @Autowired private Storage storage;
  @Autowired private Clock clock;

  private ApiClient api;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("trainyard.data-dir", data::toString);
  }

  @BeforeAll
  void upload(@LocalServerPort int port) {
    api = new ApiClient(port);
    api.upload("/api/v1/datasets", "s.zip", TinyImages.zip(10, 1), Map.of("name", "shapes"));
    await().atMost(ofSeconds(60)).until(() -> datasetState("shapes").equals("READY"));
    jdbc.update("update flyway_schema_history set installed_on = installed_on - interval '1' day");
  }

  @BeforeEach
  @AfterEach
  void forgetOtherDatabases() {
    await() // the service may be writing its own name there
        .atMost(SOON)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () ->
                FileSystemUtils.deleteRecursively(data.resolve("databases"))
                    || Files.notExists(data.resolve("databases")));
  }

  @Test
  void checkpoints_and_event_files_go_first_then_the_job() throws Exception {
    String job = cancelledJob("old", "");
    Path folder = data.resolve("jobs").resolve(job);
    Path checkpoint = plant(folder.resolve("attempt-1/checkpoints/5/variables"));
    Path event = plant(folder.resolve("events/train"));
    Path log = plant(folder.resolve("log.txt"));
    await().during(PASSES).until(() -> Files.exists(checkpoint));

    ended(job, 8);
    await().atMost(SOON).until(() -> Files.notExists(folder.resolve("attempt-1")));
    assertThat(event).exists();
    assertThat(api.get(JOBS + "/" + job + "/log").text()).isEqualTo("planted");
    assertThat(freed("checkpoints")).isGreaterThanOrEqualTo(7);

    ended(job, 11);
    await().atMost(SOON).until(() -> api.get(JOBS + "/" + job).status() == 404);
    await().atMost(SOON).until(() -> Files.notExists(folder));
    assertThat(log).doesNotExist();
    assertThat(freed("jobs")).isGreaterThanOrEqualTo(14);
  }

  @Test
  void what_an_unfinished_job_begins_with_stays() throws Exception {
    String source = cancelledJob("source", "");
    Path folder = data.resolve("jobs").resolve(source);
    Path checkpoint = plant(folder.resolve("attempt-1/checkpoints/5/variables"));
    String warm = job("warm", ", \"warmStartFrom\": {\"job\": \"%s\"}".formatted(source));
    ended(source, 100);
    await()
        .during(PASSES)
        .until(() -> Files.exists(checkpoint) && api.get(JOBS + "/" + source).status() == 200);
    Answer refused = api.delete(JOBS + "/" + source);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().get("type").asString()).isEqualTo("/problems/in-use");

    api.post(JOBS + "/" + warm + "/cancel", "");
    await().atMost(SOON).until(() -> api.get(JOBS + "/" + source).status() == 404);
  }

  @Test
  void a_job_that_is_not_finished_is_not_touched_however_old_it_is() throws Exception {
    String job = job("waiting", "");
    Path checkpoint = plant(data.resolve("jobs").resolve(job).resolve("attempt-1/checkpoints/5/v"));
    jdbc.update("update job set create_time = create_time - interval '100' day where id = ?", job);
    await().during(PASSES).until(() -> Files.exists(checkpoint));
    assertThat(api.get(JOBS + "/" + job).status()).isEqualTo(200);
  }

  @Test
  void an_upload_to_which_nothing_comes_for_a_day_is_gone_unless_somebody_writes_to_it()
      throws Exception {
    String upload = begun();
    Path file = plant(data.resolve("incoming").resolve(upload));
    await().during(PASSES).until(() -> Files.exists(file));
    jdbc.update(
        "update upload set change_time = change_time - interval '25' hour, writer = 'w',"
            + " writer_time = current_timestamp where id = ?",
        upload);
    await().during(PASSES).until(() -> Files.exists(file));
    jdbc.update("update upload set writer = null where id = ?", upload);
    await().atMost(SOON).until(() -> Files.notExists(file));
    assertThat(api.head("/api/v1/uploads/" + upload).status()).isEqualTo(404);
    assertThat(freed("uploads")).isGreaterThanOrEqualTo(7);
  }

  private String begun() {
    String location =
        api.send(
                HttpRequest.newBuilder(api.uri("/api/v1/uploads"))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .header("Upload-Length", "10"))
            .header("Location");
    return location.substring(location.lastIndexOf('/') + 1);
  }

  @Test
  void a_dataset_that_failed_long_ago_is_gone() throws Exception {
    api.upload("/api/v1/datasets", "s.zip", oneClass(), Map.of("name", "poor"));
    await().atMost(SOON).until(() -> datasetState("poor").equals("FAILED"));
    await().during(PASSES).until(() -> api.get("/api/v1/datasets/poor").status() == 200);
    jdbc.update(
        "update dataset set create_time = create_time - interval '40' day"
            + " where name in ('poor', 'shapes')");
    await().atMost(SOON).until(() -> api.get("/api/v1/datasets/poor").status() == 404);
    assertThat(datasetState("shapes")).isEqualTo("READY");
  }

  @Test
  void orphans_of_any_crash_are_swept_unless_they_are_young_or_older_than_the_database()
      throws Exception {
    for (String folder : List.of("jobs", "datasets", "uploads", "models/m", "archives/m")) {
      Path orphan = orphan(folder, OLD);
      Path young = orphan(folder, Duration.ZERO);
      Path ancient = orphan(folder, Duration.ofDays(3));
      await().atMost(SOON).until(() -> Files.notExists(orphan));
      assertThat(young).exists();
      assertThat(ancient).exists();
    }
    assertThat(freed("orphans")).isGreaterThanOrEqualTo(35);
    assertThat(datasetState("shapes")).isEqualTo("READY");
  }

  @Test
  void what_a_dead_process_was_writing_is_swept_and_what_this_one_writes_is_not() throws Exception {
    Path own = plant(storage.newTemporaryFile());
    Path dead = plant(data.resolve("tmp/dead-1-abc/upload"));
    await().atMost(SOON).until(() -> Files.notExists(dead.getParent()));
    assertThat(own).exists();
  }

  @Test
  void nothing_is_swept_once_two_databases_have_been_used_with_the_folder() throws Exception {
    Files.createDirectories(data.resolve("databases/another"));
    Path orphan = orphan("jobs", OLD);
    await().during(PASSES).until(() -> Files.exists(orphan));
    forgetOtherDatabases();
    await().atMost(SOON).until(() -> Files.notExists(orphan));
  }

  private Path orphan(String folder, Duration age) throws IOException {
    String name =
        folder.contains("/")
            ? Integer.toString(UUID.randomUUID().hashCode() & 0xFFFFFF)
            : UUID.randomUUID().toString();
    Path orphan = data.resolve(folder).resolve(name);
    plant(orphan.resolve("file"));
    Files.setLastModifiedTime(orphan, FileTime.from(clock.instant().minus(age)));
    return orphan;
  }

  private static Path plant(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "planted");
  }

  private void ended(String job, int daysAgo) {
    jdbc.update(
        "update job set end_time = current_timestamp - cast(? as integer) * interval '1' day"
            + " where id = ?",
        daysAgo,
        job);
  }

  private String cancelledJob(String name, String training) {
    String id = job(name, training);
    assertThat(api.post(JOBS + "/" + id + "/cancel", "").status()).isEqualTo(202);
    return id;
  }

  private String job(String name, String training) {
    Answer answer =
        api.post(
            JOBS,
            """
            {"name": "%s", "dataset": "shapes", "model": {"type": "linear"},
             "training": {"batchSize": 4%s}}
            """
                .formatted(name, training));
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer.json().get("id").asString();
  }

  private String datasetState(String name) {
    return api.get("/api/v1/datasets/" + name).json().get("state").asString();
  }

  private double freed(String what) {
    return api.get("/actuator/prometheus")
        .text()
        .lines()
        .filter(line -> line.startsWith("trainyard_retention_freed_bytes_total{"))
        .filter(line -> line.contains("\"" + what + "\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private static byte[] oneClass() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("only/1.jpg"));
      zip.write(TinyImages.jpeg(0, 1));
    }
    return bytes.toByteArray();
  }
}
