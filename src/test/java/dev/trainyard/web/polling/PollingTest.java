package dev.trainyard.web.polling;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.ApiClient;
import dev.trainyard.ApiClient.Answer;
import dev.trainyard.TestToken;
import dev.trainyard.TinyImages;
import dev.trainyard.Trainyard;
import dev.trainyard.fleet.Membership;
import dev.trainyard.fleet.Offer;
import dev.trainyard.job.JobQueue;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Clients that poll, over HTTP, on a service with few threads and few database connections. */
@Tag("database")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PollingTest {

  private static final String JOBS = "/api/v1/jobs";
  private static final String DATASETS = "/api/v1/datasets";
  private static final String JOB =
      "{\"name\": \"j\", \"dataset\": \"shapes\", \"model\": {\"type\": \"cnn\"},"
          + " \"training\": {\"batchSize\": 4}}";
  private static final Pattern WAITING = Pattern.compile("(?m)^trainyard_waiting_requests (\\S+)$");
  private static final int SEATS = 300;

  @TempDir static Path data;

  private ConfigurableApplicationContext service;
  private ApiClient api;
  private int port;
  private String job;
  private final ExecutorService clients = Executors.newCachedThreadPool();

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
                "--trainyard.polling.longest-wait=50s",
                "--trainyard.polling.waiting-requests=" + SEATS);
    port = service.getEnvironment().getProperty("local.server.port", int.class, 0);
    api = new ApiClient(port);
    Answer upload = api.upload(DATASETS, "s.zip", TinyImages.zip(5, 1), Map.of("name", "shapes"));
    Answer ready = api.with("Prefer", "wait=50").get(upload.header("Location"));
    assertThat(ready.json().get("state").asString()).isEqualTo("READY");
  }

  @BeforeEach
  void submit() {
    job = api.post(JOBS, JOB).header("Location");
  }

  /** The next test's job is to be the only one in the queue. */
  @AfterEach
  void cancel() {
    api.post(job + "/cancel", "");
  }

  @AfterAll
  void stop() {
    clients.shutdownNow();
    service.close();
  }

  @Test
  void a_wait_ends_when_the_job_has_ended() throws Exception {
    Future<Timed> waiting = waiting("wait=50", null);
    long cancelled = System.nanoTime();
    api.post(job + "/cancel", "");
    Timed answer = waiting.get();
    assertThat(answer.answer().status()).isEqualTo(200);
    assertThat(state(answer.answer())).isEqualTo("CANCELLED");
    assertThat(answer.answer().header("Preference-Applied")).isEqualTo("wait=50");
    assertThat(answer.answer().header("Vary")).contains("Prefer");
    assertThat(answer.endedAfter(cancelled)).isLessThan(Duration.ofMillis(700));

    Timed finished = timed(() -> api.with("Prefer", "wait=50").get(job));
    assertThat(state(finished.answer())).isEqualTo("CANCELLED");
    assertThat(finished.took()).isLessThan(ofSeconds(1));
  }

  @Test
  void a_wait_ends_with_the_state_as_it_is_when_the_time_is_up() throws Exception {
    Timed answer = timed(() -> api.with("Prefer", "wait=2").get(job));
    assertThat(answer.answer().status()).isEqualTo(200);
    assertThat(state(answer.answer())).isEqualTo("QUEUED");
    assertThat(answer.took()).isBetween(ofSeconds(2), Duration.ofMillis(2900));
  }

  @Test
  void a_wait_with_an_entity_tag_ends_with_any_change() throws Exception {
    String tag = api.get(job).header("ETag");
    Timed unchanged = timed(() -> api.with("Prefer", "wait=1").with("If-None-Match", tag).get(job));
    assertThat(unchanged.answer().status()).isEqualTo(304);
    assertThat(unchanged.answer().bytes()).isEmpty();
    assertThat(unchanged.answer().header("ETag")).isEqualTo(tag);
    assertThat(unchanged.answer().header("Preference-Applied")).isEqualTo("wait=1");
    assertThat(unchanged.took()).isGreaterThanOrEqualTo(ofSeconds(1));

    Future<Timed> waiting = waiting("wait=50", tag);
    long claimed = System.nanoTime();
    String worker = service.getBean(Membership.class).id();
    service.getBean(JobQueue.class).claim(worker, new Offer(1, Set.of("CPU"), Set.of(), "{}"));
    Timed changed = waiting.get();
    assertThat(state(changed.answer())).isEqualTo("PREPARING");
    assertThat(changed.answer().header("ETag")).isNotEqualTo(tag);
    assertThat(changed.endedAfter(claimed)).isLessThan(Duration.ofMillis(700));

    Timed outdated = timed(() -> api.with("Prefer", "wait=50").with("If-None-Match", tag).get(job));
    assertThat(outdated.answer().status()).isEqualTo(200);
    assertThat(outdated.took()).isLessThan(ofSeconds(1));
  }

  @Test
  void a_change_by_another_process_is_seen_at_the_next_look() throws Exception {
    Future<Timed> waiting = waiting("wait=50", null);
    long changed = System.nanoTime();
    service.getBean(JdbcClient.class).sql("update job set state = 'CANCELLED'").update();
    Timed answer = waiting.get();
    assertThat(state(answer.answer())).isEqualTo("CANCELLED");
    assertThat(answer.endedAfter(changed)).isLessThan(ofSeconds(2));
  }

  @Test
  void what_is_deleted_while_a_request_waits_for_it_is_not_found() throws Exception {
    Future<Timed> waiting = waiting("wait=50", null);
    service.getBean(JdbcClient.class).sql("delete from job").update();
    Answer answer = waiting.get().answer();
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.json().get("type").asString()).isEqualTo("/problems/not-found");
  }

  @Test
  void a_wait_ends_when_the_service_is_stopped() throws Exception {
    Future<Timed> waiting = waiting("wait=50", null);
    long stopped = System.nanoTime();
    Future<?> closing = clients.submit(service::close);
    Timed answer = waiting.get();
    assertThat(answer.answer().status()).isEqualTo(200);
    assertThat(state(answer.answer())).isEqualTo("QUEUED");
    assertThat(answer.endedAfter(stopped)).isLessThan(ofSeconds(2));
    closing.get();
    assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(ofSeconds(10));
    start();
  }

  @Test
  void those_that_wait_hold_no_thread_and_one_too_many_is_answered_at_once() throws Exception {
    List<Future<Timed>> waiting = new ArrayList<>();
    for (int n = 0; n < SEATS; n++) {
      waiting.add(clients.submit(() -> timed(() -> api.with("Prefer", "wait=50").get(job))));
    }
    await().atMost(ofSeconds(30)).until(() -> waitingRequests() == SEATS);

    Timed oneMore = timed(() -> api.with("Prefer", "wait=50").get(job));
    assertThat(oneMore.answer().status()).isEqualTo(200);
    assertThat(oneMore.answer().header("Preference-Applied")).isEmpty();
    assertThat(oneMore.took()).isLessThan(ofSeconds(2));

    api.post(job + "/cancel", "");
    for (Future<Timed> each : waiting) {
      assertThat(state(each.get().answer())).isEqualTo("CANCELLED");
    }
    await().atMost(ofSeconds(10)).until(() -> waitingRequests() == 0);
  }

  @Test
  void clients_that_go_away_leave_nothing_behind() throws Exception {
    for (int n = 0; n < 20; n++) {
      try (Socket client = new Socket("127.0.0.1", port)) {
        client
            .getOutputStream()
            .write(
                ("GET "
                        + job
                        + " HTTP/1.1\r\nHost: localhost\r\nPrefer: wait=3\r\nAuthorization: "
                        + TestToken.BEARER
                        + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        int waiting = n + 1;
        await().atMost(ofSeconds(3)).until(() -> waitingRequests() == waiting || waiting > 3);
      }
    }
    await().atMost(ofSeconds(10)).until(() -> waitingRequests() == 0);
    assertThat(api.get(job).status()).isEqualTo(200);
  }

  @Test
  void a_preference_that_is_not_understood_is_ignored() throws Exception {
    for (String prefer : List.of("wait=soon", "wait=-5", "respond-async", "wait")) {
      Timed answer = timed(() -> api.with("Prefer", prefer).get(job));
      assertThat(answer.answer().status()).isEqualTo(200);
      assertThat(answer.answer().header("Preference-Applied")).isEmpty();
      assertThat(answer.took()).isLessThan(ofSeconds(2));
    }
    api.post(job + "/cancel", "");
    Answer shortened = api.with("Prefer", "wait=86400").get(job);
    assertThat(shortened.header("Preference-Applied")).isEqualTo("wait=50");
    assertThat(api.with("Prefer", "wait=5").get(JOBS + "/nope").status()).isEqualTo(404);
    assertThat(api.with("Prefer", "wait=5").get(DATASETS + "/nope").status()).isEqualTo(404);
  }

  @Test
  void a_dataset_is_waited_for_by_its_name() throws Exception {
    api.upload(DATASETS, "s.zip", TinyImages.zip(300, 1), Map.of("name", "many"));
    Answer ready = api.with("Prefer", "wait=50").get(DATASETS + "/many");
    assertThat(ready.json().get("state").asString()).isEqualTo("READY");
    assertThat(ready.header("Preference-Applied")).isEqualTo("wait=50");
  }

  @Test
  void what_a_client_has_already_is_not_sent_again() {
    for (String path : List.of(job, JOBS, DATASETS + "/shapes", DATASETS, JOBS + "?pageSize=1")) {
      Answer first = api.get(path);
      assertThat(first.header("Cache-Control")).isEqualTo("private, no-cache");
      String tag = first.header("ETag");
      assertThat(tag).startsWith("W/\"").isEqualTo(api.get(path).header("ETag"));
      for (String has : List.of(tag, "\"other\", " + tag, tag.substring(2), "*")) {
        Answer again = api.with("If-None-Match", has).get(path);
        assertThat(again.status()).as(path + " " + has).isEqualTo(304);
        assertThat(again.bytes()).isEmpty();
        assertThat(again.header("ETag")).isEqualTo(tag);
        assertThat(again.header("Cache-Control")).isEqualTo("private, no-cache");
      }
      assertThat(api.with("If-None-Match", "\"other\"").get(path).status()).isEqualTo(200);
      assertThat(api.with("If-None-Match", "nonsense").get(path).status()).isEqualTo(200);
      Answer head = api.head(path);
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.bytes()).isEmpty();
      assertThat(head.header("ETag")).isEqualTo(tag);
      assertThat(api.with("If-None-Match", tag).head(path).status()).isEqualTo(304);
    }
    String list = api.get(JOBS).header("ETag");
    api.post(job + "/cancel", "");
    assertThat(api.get(JOBS).header("ETag")).isNotEqualTo(list);
  }

  @Test
  void logs_and_refusals_have_no_entity_tag() {
    assertThat(api.get(job + "/log").status()).isEqualTo(200);
    for (String path : List.of(job + "/log", JOBS + "/nope", JOBS + "?pageSize=0")) {
      assertThat(api.get(path).header("ETag")).as(path).isEmpty();
    }
    assertThat(api.with("If-None-Match", "*").get(JOBS + "/nope").status()).isEqualTo(404);
    assertThat(api.post(JOBS, JOB).header("ETag")).isEmpty();
    assertThat(api.head(job + "/log").status()).isEqualTo(200);
    assertThat(api.head(JOBS + "/nope").status()).isEqualTo(404);
  }

  @Test
  void the_openapi_document_says_so() {
    var paths = api.get("/v3/api-docs").json().get("paths");
    var get = paths.get(JOBS + "/{id}").get("get");
    assertThat(get.get("parameters").toString()).contains("Prefer", "If-None-Match");
    assertThat(get.get("parameters")).hasSize(4);
    assertThat(get.at("/responses/200/headers").toString()).contains("ETag", "Preference-Applied");
    assertThat(get.get("responses").has("304")).isTrue();
    for (String path : List.of(JOBS, DATASETS)) {
      var post = paths.get(path).get("post");
      assertThat(post.get("parameters").toString()).contains("Idempotency-Key");
      assertThat(post.at("/responses/202/headers").toString()).contains("Idempotency-Replayed");
      assertThat(post.get("responses").has("410")).isTrue();
      assertThat(paths.get(path).at("/get/responses").has("304")).isTrue();
    }
    assertThat(paths.at("/~1api~1v1~1jobs~1{id}~1log/get/responses").has("304")).isFalse();
  }

  /** A client that is known to wait when this returns. */
  private Future<Timed> waiting(String prefer, String tag) {
    ApiClient client = tag == null ? api : api.with("If-None-Match", tag);
    Future<Timed> answer =
        clients.submit(() -> timed(() -> client.with("Prefer", prefer).get(job)));
    await().atMost(ofSeconds(10)).until(() -> waitingRequests() == 1);
    return answer;
  }

  private int waitingRequests() {
    Matcher gauge = WAITING.matcher(api.get("/actuator/prometheus").text());
    assertThat(gauge.find()).isTrue();
    return (int) Double.parseDouble(gauge.group(1));
  }

  private static String state(Answer answer) {
    return answer.json().at("/status/state").asString();
  }

  private static Timed timed(Callable<Answer> request) throws Exception {
    long start = System.nanoTime();
    Answer answer = request.call();
    return new Timed(answer, start, System.nanoTime());
  }

  /** An answer, and when it was asked for and came. */
  private record Timed(Answer answer, long start, long end) {

    Duration took() {
      return Duration.ofNanos(end - start);
    }

    Duration endedAfter(long instant) {
      return Duration.ofNanos(end - instant);
    }
  }
}
