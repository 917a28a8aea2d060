package dev.trainyard;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.ApiClient.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What begins and what does not while the data folder's disk is nearly full, or fills up. */
@Tag("chaos")
@Tag("database")
class LowDiskTest {

  private static final long MEGABYTE = 1 << 20;
  private static final long RESERVE = 60 * MEGABYTE;
  private static final String DATASETS = "/api/v1/datasets";
  private static final String JOB =
      """
      {"name": "patient", "dataset": "shapes", "model": {"type": "linear"},
       "input": {"height": 32, "width": 32, "augmentation": "none"},
       "training": {"batchSize": 16, "steps": 5}}
      """;

  private static SmallDisk disk;
  private static Path data;
  private static RunningService service;

  @BeforeAll
  static void start() throws IOException {
    disk = SmallDisk.ofMegabytes(400);
    data = disk.root().resolve("data");
    service =
        RunningService.start(
            disk,
            "trainyard.min-free-space=" + RESERVE + "B",
            "trainyard.worker.standby-trainers=0",
            "trainyard.model.standby-predictors=0");
    assertThat(upload("shapes").status()).isEqualTo(202);
    awaitReady("shapes");
  }

  @AfterAll
  static void end() throws IOException {
    if (service != null) {
      service.kill();
    }
    if (disk != null) {
      disk.close();
    }
  }

  @AfterEach
  void free() {
    disk.empty();
  }

  @Test
  void an_upload_that_will_not_fit_is_refused_before_it_is_sent() throws IOException {
    String answer = announce("Content-Length: " + disk.free());
    assertThat(answer).startsWith("HTTP/1.1 507 ").contains("/problems/disk-full");
    assertThat(answer).contains("trainyard.min-free-space");
  }

  @Test
  void an_upload_of_unknown_length_is_refused_when_the_reserve_is_gone() throws IOException {
    disk.fillTo(RESERVE - MEGABYTE);
    String answer = announce("Transfer-Encoding: chunked");
    assertThat(answer).startsWith("HTTP/1.1 507 ").contains("/problems/disk-full");
  }

  @Test
  void an_upload_that_fills_the_disk_is_answered_507_and_leaves_nothing() {
    disk.fillTo(RESERVE + 5 * MEGABYTE);
    Answer answer = service.api().send(form("large", new Zeros(100 * MEGABYTE), () -> {}));
    assertThat(answer.status()).as(answer.text()).isEqualTo(507);
    assertThat(answer.json().get("type").asString()).isEqualTo("/problems/disk-full");
    assertThat(TemporaryData.halfWritten(data)).isEmpty();
    assertThat(disk.free()).isGreaterThan(RESERVE);
  }

  @Test
  void while_space_is_low_jobs_wait_and_say_why_and_all_else_is_answered() {
    disk.fillTo(RESERVE - MEGABYTE);
    Answer job = service.api().post("/api/v1/jobs", JOB);
    assertThat(job.status()).as(job.text()).isEqualTo(202);
    String path = job.header("Location");
    assertThat(get(path).at("/status/waiting/reason").asString()).isEqualTo("DISK_SPACE_LOW");
    assertThat(get(DATASETS + "/shapes").get("state").asString()).isEqualTo("READY");
    assertThat(service.api().get("/actuator/health").status()).isEqualTo(503);
    assertThat(service.api().get("/actuator/health/liveness").status()).isEqualTo(200);
    assertThat(service.api().get("/actuator/health/readiness").status()).isEqualTo(200);
    assertThat(service.api().get("/actuator/prometheus").text())
        .contains("disk_free_bytes{path=\"" + disk.mountPoint())
        .contains("disk_total_bytes{path=\"" + disk.mountPoint());

    disk.empty();
    await()
        .atMost(ofSeconds(90))
        .until(() -> get(path).at("/status/state").asString().equals("SUCCEEDED"));
    assertThat(get(path).at("/status/attempt").asInt()).as("none was wasted").isEqualTo(1);
  }

  @Test
  void an_upload_that_was_taken_is_converted_once_there_is_room() {
    disk.fillTo(RESERVE + 5 * MEGABYTE);
    Answer answer =
        service
            .api()
            .send(
                form(
                    "later",
                    new ByteArrayInputStream(TinyImages.zip(10, 1)),
                    () -> {
                      await().until(() -> !TemporaryData.halfWritten(data).isEmpty()); // taken
                      disk.fillTo(RESERVE / 2);
                    }));
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    await()
        .during(ofSeconds(3))
        .atMost(ofSeconds(10))
        .until(() -> get(DATASETS + "/later").get("state").asString().equals("CONVERTING"));
    disk.empty();
    awaitReady("later");
  }

  /** Sends the headers of an upload and not a byte of its body. */
  private static String announce(String length) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", service.api().uri("/").getPort())) {
      String request =
          "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=b\r\n%s\r\nAuthorization: %s\r\n\r\n";
      socket
          .getOutputStream()
          .write(
              request
                  .formatted(DATASETS, length, TestToken.BEARER)
                  .getBytes(StandardCharsets.ISO_8859_1));
      socket.setSoTimeout(20_000);
      StringBuilder answer = new StringBuilder();
      for (int c = socket.getInputStream().read(); c >= 0; c = socket.getInputStream().read()) {
        answer.append((char) c);
        if (answer.indexOf("\"errors\"") >= 0) { // the last of the body; the connection may linger
          break;
        }
      }
      return answer.toString();
    }
  }

  /**
   * A form that does not tell its length.
   *
   * @param onTheWay is done when the file is sent, before the form ends
   */
  private static HttpRequest.Builder form(String name, InputStream file, Runnable onTheWay) {
    String head =
        "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\n%s\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.zip\"\r\n\r\n";
    InputStream pause =
        new InputStream() {
          @Override
          public int read() {
            onTheWay.run();
            return -1;
          }
        };
    List<InputStream> body =
        List.of(text(head.formatted(name)), file, pause, text("\r\n--b--\r\n"));
    return HttpRequest.newBuilder(service.api().uri(DATASETS))
        .header("Content-Type", "multipart/form-data; boundary=b")
        .POST(
            BodyPublishers.ofInputStream(
                () -> new SequenceInputStream(Collections.enumeration(body))));
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Answer upload(String name) {
    return service.api().upload(DATASETS, "s.zip", TinyImages.zip(10, 1), Map.of("name", name));
  }

  private static void awaitReady(String name) {
    await()
        .atMost(ofSeconds(60))
        .until(() -> get(DATASETS + "/" + name).get("state").asString().equals("READY"));
  }

  private static JsonNode get(String path) {
    return service.api().get(path).json();
  }

  private static final class Zeros extends InputStream {
    private long left;

    private Zeros(long bytes) {
      this.left = bytes;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int n = (int) Math.min(length, left);
      left -= n;
      return n == 0 && length > 0 ? -1 : n;
    }
  }
}
