package dev.trainyard.event.stream;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.ApiClient;
import dev.trainyard.ApiClient.Answer;
import dev.trainyard.Crowd;
import dev.trainyard.TestToken;
import dev.trainyard.TinyImages;
import dev.trainyard.Trainyard;
import dev.trainyard.event.EventLog;
import dev.trainyard.event.EventType;
import dev.trainyard.fleet.Membership;
import dev.trainyard.fleet.Offer;
import dev.trainyard.job.ClaimedJob;
import dev.trainyard.job.JobQueue;
import dev.trainyard.job.JobReason;
import dev.trainyard.project.Acting;
import dev.trainyard.spec.SpecJson;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Clients that listen, over HTTP, to a service with few threads and few database connections. */
@Tag("database")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventStreamTest {

  private static final String JOBS = "/api/v1/jobs";
  private static final String EVENTS = "/api/v1/events";
  private static final String JOB =
      "{\"name\": \"j\", \"dataset\": \"shapes\", \"model\": {\"type\": \"cnn\"},"
          + " \"training\": {\"batchSize\": 4}}";
  private static final int LISTENERS = 30;
  private static final int SLOW = 3;

  @TempDir static Path data;

  private final HttpClient http = HttpClient.newHttpClient();
  private ConfigurableApplicationContext service;
  private ApiClient api;
  private int port;
  private JobQueue queue;

  @BeforeAll
  void start() {
    service =
        new SpringApplicationBuilder(Trainyard.class)
            .run(
                "--trainyard.data-dir=" + data,
                "--server.port=0",
                "--server.tomcat.threads.max=4",
                "--spring.datasource.hikari.maximum-pool-size=2",
                "--trainyard.worker.slots=0",
                "--trainyard.events.heartbeat=200ms",
                "--trainyard.events.listeners=" + (LISTENERS + 1),
                "--trainyard.events.listeners-per-caller=" + LISTENERS);
    port = service.getEnvironment().getProperty("local.server.port", int.class, 0);
    api = new ApiClient(port);
    queue = service.getBean(JobQueue.class);
    Answer upload =
        api.upload("/api/v1/datasets", "s.zip", TinyImages.zip(5, 1), Map.of("name", "shapes"));
    api.with("Prefer", "wait=50").get(upload.header("Location"));
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Test
  void a_jobs_stream_begins_with_a_snapshot_tells_all_that_happens_and_ends_with_the_job()
      throws Exception {
    String job = api.post(JOBS, JOB).header("Location");
    String id = job.substring(job.lastIndexOf('/') + 1);
    CompletableFuture<Heard> listening = listening(job + "/events", "");
    ClaimedJob claim = claimed();
    queue.started(claim, 0, 10);
    queue.stepped(claim, 7, 0.5, 0.75, 0.01, 100, 3.0);
    queue.checkpointed(claim, 7, 1000);
    queue.warned(claim, "It gets warm");
    queue.failed(claim, JobReason.DATA_ERROR, "The data is bad");
    Heard heard = listening.get();

    assertThat(heard.types())
        .endsWith("transition", "progress", "checkpoint", "warning", "transition", "end")
        .startsWith("snapshot");
    assertThat(heard.events()).allSatisfy(e -> assertThat(e.data().get("jobId")).isNotNull());
    assertThat(heard.ids()).isSorted();
    JsonNode progress = heard.only("progress").data();
    assertThat(progress.at("/progress/step").asInt()).isEqualTo(7);
    assertThat(progress.at("/metrics/loss").asDouble()).isEqualTo(0.5);
    assertThat(progress.get("state").asString()).isEqualTo("RUNNING");
    assertThat(heard.only("checkpoint").data().at("/progress/checkpointStep").asInt()).isEqualTo(7);
    assertThat(heard.only("warning").data().get("message").asString()).isEqualTo("It gets warm");
    assertThat(heard.only("end").data().toString())
        .isEqualTo("{\"jobId\":\"" + id + "\",\"state\":\"FAILED\"}");

    Heard replayed = heard(job + "/events?lastEventId=0", "");
    assertThat(replayed.types())
        .containsExactly(
            "transition",
            "transition",
            "transition",
            "progress",
            "checkpoint",
            "warning",
            "transition",
            "end");
    String seen = replayed.events().get(3).id();
    Heard rest = heard(job + "/events?lastEventId=0", seen);
    assertThat(rest.events()).isEqualTo(replayed.events().subList(4, replayed.events().size()));
    assertThat(heard(job + "/events?type=checkpoint", "0").types())
        .containsExactly("checkpoint", "end");
    String last = replayed.events().get(7).id();
    assertThat(api.with("Last-Event-ID", last).get(job + "/events").status()).isEqualTo(204);
    assertThat(heard(job + "/events", "").types()).containsExactly("snapshot", "end");
    assertThat(heard(job + "/events", "9999999999").types()).containsExactly("snapshot", "end");
  }

  @Test
  void what_cannot_be_listened_to_is_a_problem_even_to_one_that_accepts_events_only() {
    ApiClient browser = api.with("Accept", "text/event-stream");
    Answer nowhere = browser.get(JOBS + "/nope/events");
    assertThat(nowhere.status()).isEqualTo(404);
    assertThat(nowhere.header("Content-Type")).startsWith("application/problem+json");
    Answer unknown = browser.get(EVENTS + "?lastEventId=yesterday");
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.json().at("/errors/0/field").asString()).isEqualTo("lastEventId");
    assertThat(browser.get(EVENTS + "?type=gossip").json().at("/errors/0/field").asString())
        .isEqualTo("type");
    Answer head = api.head(EVENTS);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Type")).startsWith("text/event-stream");
  }

  @Test
  void a_log_is_followed_to_the_end_of_its_job_whose_last_lines_stay_with_it() throws Exception {
    String job = api.post(JOBS, JOB).header("Location");
    String id = job.substring(job.lastIndexOf('/') + 1);
    Path log = Files.createDirectories(data.resolve("jobs").resolve(id)).resolve("log.txt");
    Files.writeString(log, "first\n2026-11-23T10:00:03.071Z [trainer] Second\nthird\n");
    assertThat(api.get(job + "/log?tail=1").text()).isEqualTo("third\n");
    assertThat(api.get(job + "/log?source=trainer").text()).endsWith("[trainer] Second\n");
    assertThat(api.get(job + "/log?source=tensorflow&tail=5").text()).isEqualTo("first\nthird\n");
    assertThat(api.get(job + "/log?q=S&limit=1").text()).isEqualTo("1:first\n");
    assertThat(api.get(job + "/log?q=S&limit=1").header("Link")).contains("fromLine=2");
    assertThat(api.get(job + "/log?q=ir&tail=1").text()).isEqualTo("3:third\n");
    for (String wrong : List.of("tail=-1", "source=me", "limit=0", "q=" + "x".repeat(201))) {
      assertThat(api.get(job + "/log?" + wrong).status()).as(wrong).isEqualTo(422);
    }

    CompletableFuture<String> following =
        CompletableFuture.supplyAsync(() -> api.get(job + "/log?follow=true&tail=1").text());
    CompletableFuture<Heard> events = listening(job + "/log?follow=true&source=trainer", "");
    ClaimedJob claim = claimed();
    queue.started(claim, 0, 10);
    Files.writeString(log, Files.readString(log) + "fourth\n");
    queue.failed(claim, JobReason.DATA_ERROR, "The data is bad");
    assertThat(following.get()).isEqualTo("third\nfourth\n");
    assertThat(events.get().types()).containsExactly("line", "end");
    assertThat(events.get().events().get(0).data().get("text").asString()).endsWith("Second");
    assertThat(api.get(job).json().at("/status/lastLines").toString())
        .isEqualTo(
            "[\"first\",\"2026-11-23T10:00:03.071Z [trainer] Second\",\"third\",\"fourth\"]");
    assertThat(api.post(job + "/cancel", "").status()).isEqualTo(409);
    assertThat(api.post(job + "/retry", "").json().at("/status/lastLines").isMissingNode())
        .isTrue();
    api.post(job + "/cancel", "");
  }

  @Test
  void many_hear_everything_once_and_in_order_however_slow_some_of_them_are() {
    long before = Long.parseLong(newestId());
    await().until(() -> gauge() == 0);
    try (Crowd crowd = new Crowd(List.of(port), EVENTS, LISTENERS, SLOW)) {
      await().until(() -> gauge() == LISTENERS);
      assertThat(api.get(EVENTS).status()).isEqualTo(429);
      assertThat(api.get(EVENTS).header("Retry-After")).isNotEmpty();
      assertThat(api.get(EVENTS).header("X-Accel-Buffering")).isEmpty(); // it is no stream
      assertThat(api.get(EVENTS).text()).contains("trainyard.events.listeners-per-caller");
      var key = api.post("/api/v1/keys", "{\"name\": \"other\", \"scope\": \"read\"}").json();
      try (Stream<String> other =
          lines("Bearer " + key.get("secret").asString(), EVENTS, "")) { // takes the last place
        assertThat(other.findFirst()).isPresent();
        assertThat(api.get(EVENTS).text()).contains("trainyard.events.listeners.");
      }
      int many = 1500; // more than the buffers of a connection hold
      tell(many);
      List<Long> all = LongStream.rangeClosed(before + 1, before + many).boxed().toList();
      await().atMost(ofSeconds(60)).until(() -> crowd.haveHeard(h -> h.size() >= many));
      assertThat(api.get(JOBS).status()).isEqualTo(200); // no thread is held by the slow ones
      assertThat(crowd.heard().get(0)).isEmpty();
      crowd.wake();
      await().atMost(ofSeconds(60)).until(() -> crowd.haveHeard(h -> h.size() >= many));
      assertThat(crowd.heard()).hasSize(LISTENERS).allSatisfy(h -> assertThat(h).isEqualTo(all));
    }
    await().atMost(ofSeconds(20)).until(() -> gauge() == 0);
  }

  private void tell(int many) {
    EventLog log = service.getBean(EventLog.class);
    TransactionTemplate transaction =
        new TransactionTemplate(service.getBean(PlatformTransactionManager.class));
    String padding = "x".repeat(5000);
    for (int begin = 0; begin < many; begin += 100) {
      transaction.executeWithoutResult(
          status ->
              IntStream.range(0, 100)
                  .forEach(
                      n ->
                          log.append(
                              EventType.PROGRESS, Acting.DEFAULT, "x", Map.of("x", padding))));
    }
  }

  private int gauge() {
    return api.get("/actuator/prometheus")
        .text()
        .lines()
        .filter(line -> line.startsWith("trainyard_event_listeners "))
        .map(line -> (int) Double.parseDouble(line.split(" ")[1]))
        .findFirst()
        .orElseThrow();
  }

  /** Which a stream begins with. */
  private String newestId() {
    try (Stream<String> lines = lines(EVENTS, "")) {
      return lines.filter(line -> line.startsWith("id: ")).findFirst().orElseThrow().substring(4);
    }
  }

  private ClaimedJob claimed() {
    String worker = service.getBean(Membership.class).id();
    return queue.claim(worker, new Offer(1, Set.of("CPU"), Set.of(), "{}")).orElseThrow();
  }

  /** Returns when the stream has begun. */
  private CompletableFuture<Heard> listening(String path, String lastEventId) {
    Iterator<String> lines = lines(path, lastEventId).iterator();
    lines.next();
    return CompletableFuture.supplyAsync(() -> Heard.of(lines));
  }

  private Heard heard(String path, String lastEventId) {
    return Heard.of(lines(path, lastEventId).iterator());
  }

  private Stream<String> lines(String path, String lastEventId) {
    return lines(TestToken.BEARER, path, lastEventId);
  }

  private Stream<String> lines(String bearer, String path, String lastEventId) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(api.uri(path))
            .header("Authorization", bearer)
            .header("Accept", "text/event-stream");
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofLines()).body();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private record Told(String id, String type, JsonNode data) {}

  private record Heard(List<Told> events) {

    static Heard of(Iterator<String> lines) {
      List<Told> events = new ArrayList<>();
      String id = "";
      String type = "";
      while (lines.hasNext()) {
        String line = lines.next();
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          type = line.substring(7);
        } else if (line.startsWith("data: ")) {
          events.add(new Told(id, type, SpecJson.MAPPER.readTree(line.substring(6))));
        }
      }
      return new Heard(events);
    }

    List<String> types() {
      return events.stream().map(Told::type).toList();
    }

    List<Long> ids() {
      return events.stream().map(Told::id).map(Long::valueOf).toList();
    }

    Told only(String type) {
      return events.stream().filter(event -> event.type().equals(type)).findFirst().orElseThrow();
    }
  }
}
