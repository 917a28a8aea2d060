package dev.trainyard;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.ApiClient.Answer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that get no answer because the service has died, and send their requests again. */
@Tag("database")
class ResentRequestsTest {

  private static final String JOB =
      "{\"name\": \"resent\", \"dataset\": \"shapes\", \"model\": {\"type\": \"cnn\"},"
          + " \"training\": {\"batchSize\": 4}}";
  private static final byte[] IMAGES = TinyImages.zip(5, 1);
  private static final int REQUESTS = 400;
  private static final int CLIENTS = 8;

  @TempDir Path data;

  private RunningService service;
  private final Map<Integer, String> acknowledged = new ConcurrentHashMap<>();

  @AfterEach
  void end() {
    service.kill();
  }

  @Test
  void what_is_sent_again_after_the_service_died_was_done_once() throws Exception {
    start();
    send("shapes", "shapes");
    await()
        .atMost(ofSeconds(60))
        .until(() -> service.api().get("/api/v1/datasets/shapes").text().contains("READY"));

    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    for (int n = 0; n < REQUESTS; n++) {
      int request = n;
      clients.submit(() -> acknowledged.put(request, send(request)));
    }
    await().atMost(ofSeconds(60)).until(() -> acknowledged.size() > REQUESTS / 10);
    service.kill();
    clients.shutdown();
    assertThat(clients.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(acknowledged).as("it died in the midst of them").hasSizeLessThan(REQUESTS);

    start();
    for (int n = 0; n < REQUESTS; n++) {
      String location = send(n);
      assertThat(acknowledged.getOrDefault(n, location)).isEqualTo(location);
    }
    assertThat(items("/api/v1/jobs?name=resent&pageSize=500")).isEqualTo(REQUESTS / 2);
    assertThat(items("/api/v1/datasets?name=resent&pageSize=500")).isEqualTo(REQUESTS / 2);
    await()
        .atMost(ofSeconds(120))
        .until(() -> items("/api/v1/datasets?name=resent&state=CONVERTING") == 0);
    assertThat(items("/api/v1/datasets?state=FAILED")).as("no file was lost").isZero();
  }

  private void start() throws Exception {
    service = RunningService.start(data, "trainyard.worker.slots=0");
  }

  /** Jobs and datasets in turn; an AssertionError when there is no answer. */
  private String send(int request) {
    String key = "request-" + request;
    return request % 2 == 0
        ? location(service.api().with("Idempotency-Key", key).post("/api/v1/jobs", JOB))
        : send(key, "resent");
  }

  private String send(String key, String dataset) {
    return location(
        service
            .api()
            .with("Idempotency-Key", key)
            .upload("/api/v1/datasets", "images.zip", IMAGES, Map.of("name", dataset)));
  }

  private static String location(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer.header("Location");
  }

  private int items(String path) {
    return (int)
        StreamSupport.stream(service.api().get(path).json().get("items").spliterator(), false)
            .count();
  }
}
