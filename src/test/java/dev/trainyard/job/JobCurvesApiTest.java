package dev.trainyard.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.ApiClient;
import dev.trainyard.ApiClient.Answer;
import dev.trainyard.TemporaryData;
import dev.trainyard.telemetry.MetricHistory.Point;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** What can be seen of a job's curves by HTTP. */
@Tag("database")
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "trainyard.worker.slots=0")
class JobCurvesApiTest extends QueueService {

  static final Path data = TemporaryData.folder();

  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

  @LocalServerPort int port;

  private ApiClient api;
  private String id;
  private String job;
  private ClaimedJob newestClaim;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("trainyard.data-dir", data::toString);
  }

  @BeforeEach
  void trained() {
    api = new ApiClient(port);
    id = queued("flowers-cnn");
    job = "/api/v1/jobs/" + id;
    ClaimedJob claim = claim();
    queue.started(claim, 0, 10);
    transaction.executeWithoutResult(
        status -> {
          for (int step = 1; step <= 100; step++) {
            double loss = step == 42 ? 9.5 : 1.0 / step;
            history.append(id, step, Map.of("loss", loss, "examplesPerSecond", 600.0), TIME);
          }
        });
    queue.evaluated(claim, 50, report(0.5, 0.75));
    queue.checkpointed(claim, 50, 5_512_984);
    loseWorker();
    newestClaim = claim();
    queue.started(newestClaim, 50, 10);
    transaction.executeWithoutResult(
        status -> {
          for (int step = 51; step <= 80; step++) {
            history.append(id, step, Map.of("loss", 1.0 / step), TIME);
          }
        });
  }

  @Test
  void series_are_downsampled_on_the_server_or_come_in_pages_as_before() {
    JsonNode few = api.get(job + "/metrics?names=loss,val_loss&points=10").json();
    assertThat(few.propertyNames()).containsExactly("loss", "val_loss");
    assertThat(few.at("/loss/downsampled").asBoolean()).isTrue();
    assertThat(few.at("/val_loss/downsampled").asBoolean()).isFalse();
    List<Point> shown = points(few.at("/loss/points"));
    assertThat(shown).hasSizeLessThanOrEqualTo(10);
    assertThat(shown).extracting(Point::step).startsWith(1L).endsWith(80L).contains(42L);

    JsonNode part = api.get(job + "/metrics?names=loss&from=60&to=62").json();
    assertThat(points(part.at("/loss/points")))
        .extracting(Point::step)
        .containsExactly(60L, 61L, 62L);

    JsonNode page = api.get(job + "/metrics?name=loss&limit=3&fromStep=2").json();
    assertThat(page.at("/loss").propertyNames()).containsExactly("points", "nextStep");
    assertThat(page.at("/loss/nextStep").asLong()).isEqualTo(5);
    assertThat(api.get(job + "/metrics").json().at("/loss/points")).hasSize(80);
  }

  @Test
  void as_csv_every_point_is_there() {
    Answer all = api.with("Accept", "text/csv").get(job + "/metrics?names=loss,val_loss");
    assertThat(all.header("Content-Type")).startsWith("text/csv");
    assertThat(all.text().lines())
        .hasSize(1 + 80 + 1)
        .startsWith("name,step,value,time", "loss,1,1.0,2026-01-02T03:04:05Z")
        .anyMatch(line -> line.startsWith("val_loss,50,0.5,"));
    assertThat(api.get(job + "/metrics?format=csv&names=loss&points=10").text().lines())
        .hasSizeBetween(5, 11);
    assertThat(api.with("Accept", "*/*").get(job + "/metrics").header("Content-Type"))
        .contains("json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/metrics?points=9",
        "/metrics?points=10001",
        "/metrics?from=-1",
        "/metrics?from=5&to=4",
        "/metrics?points=100&limit=5",
        "/metrics?format=csv&name=loss",
        "/metrics?format=xml",
        "/plots/loss.svg?theme=pink",
        "/plots/loss.svg?scale=square",
        "/plots/loss.svg?from=2&to=1",
        "/plots/loss.svg?step=5",
        "/plots/confusion.svg?scale=log"
      })
  void what_does_not_go_together_is_named(String query) {
    Answer answer = api.get(job + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    String field = answer.json().at("/errors/0/field").asString();
    assertThat(query).contains(field + "=");
  }

  @Test
  void plots_show_curves_restarts_and_checkpoints_and_are_sent_once() {
    Answer svg = api.get(job + "/plots/loss.svg");
    assertThat(svg.status()).as(svg.text()).isEqualTo(200);
    assertThat(svg.header("Content-Type")).isEqualTo("image/svg+xml");
    assertThat(svg.text())
        .contains("Loss of flowers-cnn", ">evaluation 0.5<", ">checkpoint<", ">attempt 2<")
        .contains("prefers-color-scheme");
    assertThat(api.get(job + "/plots/loss.svg?theme=dark").text())
        .doesNotContain("prefers-color-scheme");
    String tag = svg.header("ETag");
    assertThat(api.with("If-None-Match", tag).get(job + "/plots/loss.svg").status()).isEqualTo(304);
    assertThat(api.get(job + "/plots/accuracy.svg?scale=log").text())
        .contains("accuracy (%), logarithmic", ">evaluation 75<");
    assertThat(api.get(job + "/plots/rate.svg").text()).contains("images per second");
    assertThat(api.get(job + "/plots/learning-rate.svg").text())
        .contains("There are no values yet");
    assertThat(api.get(job + "/plots/confusion.svg").text()).contains("20 held-out images", ">15<");
    assertThat(api.get(job + "/plots/confusion.svg?step=51").text())
        .contains("There is no evaluation at step 51.");
    Answer png = api.get(job + "/plots/loss.png");
    assertThat(png.header("Content-Type")).isEqualTo("image/png");
    assertThat(api.get(job + "/plots/loss.gif").status()).isEqualTo(404);
    assertThat(api.get(job + "/plots/gain.svg").text()).contains("there are loss, accuracy");
  }

  @Test
  void up_to_eight_jobs_are_compared() {
    String other = queued("flowers-cnn");
    Answer both = api.get("/api/v1/plots/loss.svg?jobs=" + id + "," + other);
    assertThat(both.text()).contains("Loss of 2 jobs", "flowers-cnn " + id.substring(0, 8));
    assertThat(api.get("/api/v1/plots/loss.svg").status()).isEqualTo(422);
    assertThat(api.get("/api/v1/plots/loss.svg?jobs=1,2,3,4,5,6,7,8,9").status()).isEqualTo(422);
    assertThat(api.get("/api/v1/plots/loss.svg?jobs=nope").status()).isEqualTo(404);
    assertThat(api.get("/api/v1/plots/gain.svg?jobs=" + id).status()).isEqualTo(404);
    Answer matrices = api.get("/api/v1/plots/confusion.svg?jobs=" + id + "," + other);
    assertThat(matrices.text())
        .contains("Confusion matrices of 2 jobs", "75.0 % of 20 images", ">15<")
        .contains("There is no evaluation.");
    Answer axes = api.get("/api/v1/plots/confusion.png?from=1&jobs=" + id);
    assertThat(axes.status()).as(axes.text()).isEqualTo(422);
  }

  @Test
  void checkpoints_are_listed_the_newest_first() {
    JsonNode all = api.get(job + "/checkpoints").json();
    assertThat(all.at("/items")).hasSize(1);
    assertThat(all.at("/items/0/step").asLong()).isEqualTo(50);
    assertThat(all.at("/items/0/bytes").asLong()).isEqualTo(5_512_984);
    queue.checkpointed(newestClaim, 60, 7);
    Answer first = api.get(job + "/checkpoints?pageSize=1");
    assertThat(first.json().at("/items/0/step").asLong()).isEqualTo(60);
    String token = first.json().get("nextPageToken").asString();
    JsonNode second = api.get(job + "/checkpoints?pageSize=1&pageToken=" + token).json();
    assertThat(second.at("/items/0/step").asLong()).isEqualTo(50);
    assertThat(second.has("nextPageToken")).isFalse();
    assertThat(api.get("/api/v1/jobs/nope/checkpoints").status()).isEqualTo(404);
  }

  @Test
  void event_files_are_packed_and_nothing_else_is() throws IOException {
    assertThat(api.get(job + "/tensorboard").status()).isEqualTo(404);
    Path events = catalog.folder(id).resolve("events");
    Files.createDirectories(events.resolve("eval"));
    Files.writeString(events.resolve("events.out.tfevents.1.attempt-1"), "training");
    Files.writeString(events.resolve("eval/events.out.tfevents.1.attempt-1"), "");
    Files.writeString(events.resolve("events.out.tfevents.1.$(reboot)"), "no");
    Files.writeString(events.resolve("notes.txt"), "no");
    Files.createSymbolicLink(
        events.resolve("events.out.tfevents.2.passwd"), Path.of("/etc/passwd"));
    Answer answer = api.get(job + "/tensorboard");
    assertThat(answer.header("Content-Type")).isEqualTo("application/gzip");
    String folder = "flowers-cnn-" + id.substring(0, 8);
    assertThat(answer.header("Content-Disposition")).contains(folder + ".tar.gz");
    List<String> names = new ArrayList<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new GzipCompressorInputStream(new ByteArrayInputStream(answer.bytes())))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        names.add(entry.getName() + " " + new String(tar.readAllBytes()));
      }
    }
    assertThat(names)
        .containsExactly(
            folder + "/events.out.tfevents.1.attempt-1 training",
            folder + "/eval/events.out.tfevents.1.attempt-1 ");
  }

  private static List<Point> points(JsonNode points) {
    List<Point> list = new ArrayList<>();
    points.forEach(
        point ->
            list.add(new Point(point.get("step").asLong(), point.get("value").asDouble(), TIME)));
    return list;
  }
}
