package dev.trainyard.chaos;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.ApiClient.Answer;
import dev.trainyard.RunningService;
import dev.trainyard.TinyImages;
import dev.trainyard.database.PostgresqlServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service is killed within half a second of having said 202. */
@Tag("chaos")
class AcknowledgedTest {

  private static final int ROUNDS = Rounds.of("acknowledged", 1, 100);
  private static final int WINDOW_MILLIS = 500;
  private static final byte[] IMAGES = TinyImages.zip(4, 1);
  private static final String JOB =
      "{\"name\": \"kept\", \"dataset\": \"shapes\", \"model\": {\"type\": \"cnn\"},"
          + " \"training\": {\"batchSize\": 4}}";

  @TempDir Path data;

  private final Random random = new Random();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private RunningService service;

  @AfterEach
  void end() {
    service.killWithChildren();
  }

  @Test
  void on_h2_all_of_it_is_there_afterwards() throws Exception {
    assertKept("H2", List.of());
  }

  @Test
  void on_postgresql_all_of_it_is_there_afterwards() throws Exception {
    try (PostgresqlServer server = PostgresqlServer.running()) {
      server.address().createDatabase("kept");
      assertKept("PostgreSQL", server.address().service("kept"));
    }
  }

  private void assertKept(String database, List<String> properties) throws Exception {
    start(properties);
    acknowledged.add(upload("shapes"));
    await()
        .atMost(ofSeconds(60))
        .until(() -> service.api().get("/api/v1/datasets/shapes").text().contains("READY"));
    for (int round = 0; round < ROUNDS; round++) {
      List<Thread> clients =
          List.of(client(this::submit), client(this::submit), client(() -> upload("kept")));
      Set<String> before = Set.copyOf(acknowledged);
      await().atMost(ofSeconds(30)).until(() -> acknowledged.size() > before.size());
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(WINDOW_MILLIS)));
      service.kill();
      for (Thread client : clients) {
        client.join();
      }
      start(properties);
      acknowledged.stream()
          .filter(location -> !before.contains(location))
          .forEach(this::assertThere);
    }
    acknowledged.forEach(this::assertThere);
    await()
        .atMost(ofSeconds(300))
        .pollInterval(ofSeconds(1))
        .until(() -> service.api().get("/api/v1/datasets?state=CONVERTING").text(), this::isEmpty);
    assertThat(service.api().get("/api/v1/datasets?state=FAILED").text()).matches(this::isEmpty);
    Rounds.measured(
        "acknowledged",
        "%s: %d kills, %d acknowledged jobs and datasets, none lost",
        database,
        ROUNDS,
        acknowledged.size());
  }

  private void start(List<String> properties) throws Exception {
    service =
        RunningService.launch(
                data,
                Stream.concat(properties.stream(), Stream.of("trainyard.worker.slots=0")).toList())
            .healthy();
  }

  /** Sends one request after the other until there is no answer. */
  private Thread client(Supplier<String> request) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  acknowledged.add(request.get());
                }
              } catch (AssertionError dead) {
                // as it should be
              }
            });
    thread.start();
    return thread;
  }

  private String submit() {
    return location(service.api().post("/api/v1/jobs", JOB));
  }

  private String upload(String name) {
    return location(
        service.api().upload("/api/v1/datasets", "images.zip", IMAGES, Map.of("name", name)));
  }

  private static String location(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer.header("Location");
  }

  private void assertThere(String location) {
    Answer answer = service.api().get(location);
    assertThat(answer.status()).as("%s: %s", location, answer.text()).isEqualTo(200);
    if (location.contains("/jobs/")) {
      assertThat(answer.json().at("/status/state").asString()).isEqualTo("QUEUED");
    } else {
      assertThat(answer.json().get("state").asString()).isNotEqualTo("FAILED");
    }
  }

  private boolean isEmpty(String page) {
    return page.contains("\"items\":[]");
  }
}
