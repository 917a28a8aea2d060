package dev.trainyard.idempotency;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.ApiClient;
import dev.trainyard.ApiClient.Answer;
import dev.trainyard.TemporaryData;
import dev.trainyard.TinyImages;
import dev.trainyard.Trainyard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Requests that clients send again, over HTTP, on a service that can be started anew. */
@Tag("database")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdempotencyTest {

  private static final String JOBS = "/api/v1/jobs";
  private static final String DATASETS = "/api/v1/datasets";
  private static final String KEY = "Idempotency-Key";
  private static final byte[] IMAGES = TinyImages.zip(5, 1);

  @TempDir static Path data;

  private ConfigurableApplicationContext service;
  private ApiClient api;
  private int tests;

  /** The test's own. */
  private String name;

  private String key;
  private String job;

  @BeforeAll
  void start() {
    start("24h");
    api.upload(DATASETS, "s.zip", IMAGES, Map.of("name", "shapes"));
    await()
        .atMost(ofSeconds(60))
        .until(() -> api.get(DATASETS + "/shapes").text().contains("READY"));
  }

  @BeforeEach
  void choose() {
    name = "test-" + ++tests;
    key = "key-" + tests;
    job =
        "{\"name\": \"%s\", \"dataset\": \"shapes\", \"model\": {\"type\": \"cnn\"}, \"training\": {\"batchSize\": 4}}"
            .formatted(name);
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Test
  void a_job_that_is_sent_again_is_answered_with_what_became_of_it() {
    Answer first = api.with(KEY, key).post(JOBS, job);
    assertThat(first.status()).as(first.text()).isEqualTo(202);
    assertThat(first.header("Idempotency-Replayed")).isEmpty();
    api.post(first.header("Location") + "/cancel", "");

    String spelledOut =
        job.replace("{\"type\": \"cnn\"}", "{ \"dropout\" :0.250,\"type\":\"cnn\"}");
    Answer again = api.with(KEY, key).post(JOBS, spelledOut);

    assertThat(again.status()).as(again.text()).isEqualTo(202);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(again.json().at("/status/state").asString()).isEqualTo("CANCELLED");
    assertThat(jobs()).isEqualTo(1);
  }

  @Test
  void another_request_with_a_used_key_is_refused() {
    assertThat(api.with(KEY, key).post(JOBS, job).status()).isEqualTo(202);
    Answer refused = api.with(KEY, key).post(JOBS, job.replace(name, name + "k"));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().get("type").asString()).isEqualTo("/problems/idempotency-key-reused");
    Answer upload = api.with(KEY, key).upload(DATASETS, "s.zip", IMAGES, Map.of("name", name));
    assertThat(upload.status()).as("another endpoint has other keys").isEqualTo(202);
    assertThat(jobs()).isEqualTo(1);
  }

  @Test
  void what_was_refused_may_be_sent_again_with_the_same_key() {
    Answer refused = api.with(KEY, key).post(JOBS, job.replace("shapes", "later"));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(api.with(KEY, key).post(JOBS, job).status()).isEqualTo(202);
    Answer bad =
        api.with(KEY, key + "b").upload(DATASETS, "s", new byte[] {1}, Map.of("name", name));
    assertThat(bad.status()).isEqualTo(422);
    Answer good = api.with(KEY, key + "b").upload(DATASETS, "s", IMAGES, Map.of("name", name));
    assertThat(good.status()).isEqualTo(202);
  }

  @Test
  void a_key_whose_job_was_deleted_says_so() {
    String location = api.with(KEY, key).post(JOBS, job).header("Location");
    api.post(location + "/cancel", "");
    assertThat(api.delete(location).status()).isEqualTo(204);
    Answer gone = api.with(KEY, key).post(JOBS, job);
    assertThat(gone.status()).isEqualTo(410);
    assertThat(gone.json().get("type").asString())
        .isEqualTo("/problems/idempotency-result-deleted");
    assertThat(jobs()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "tab\there"})
  void a_bad_key_is_refused_and_named(String bad) {
    refusesKey(bad);
  }

  @Test
  void a_key_may_have_255_characters_and_be_given_once() {
    assertThat(api.with(KEY, "k".repeat(255)).post(JOBS, job).status()).isEqualTo(202);
    refusesKey("k".repeat(256));
    Answer two = api.with(KEY, key).with(KEY, key + "b").post(JOBS, job);
    assertThat(two.status()).isEqualTo(422);
    assertThat(jobs()).isEqualTo(1);
  }

  @Test
  void a_key_on_validation_is_ignored() {
    for (String spec : List.of(job, job.replace(name, name + "k"))) {
      Answer valid = api.with(KEY, "not a key").post(JOBS + "?validateOnly=true", spec);
      assertThat(valid.status()).as(valid.text()).isEqualTo(200);
    }
  }

  @Test
  void a_hundred_requests_at_once_with_one_key_make_one_job() throws Exception {
    List<Answer> answers = together(100, () -> api.with(KEY, key).post(JOBS, job));
    assertThat(answers).allSatisfy(a -> assertThat(a.status()).as(a.text()).isEqualTo(202));
    assertThat(answers.stream().map(a -> a.header("Location")).distinct()).hasSize(1);
    assertThat(answers.stream().filter(a -> a.header("Idempotency-Replayed").isEmpty())).hasSize(1);
    assertThat(jobs()).isEqualTo(1);

    String location = answers.get(0).header("Location");
    service.close();
    start("24h");
    List<Answer> later = together(20, () -> api.with(KEY, key).post(JOBS, job));
    assertThat(later)
        .allSatisfy(a -> assertThat(a.header("Idempotency-Replayed")).isEqualTo("true"))
        .allSatisfy(a -> assertThat(a.header("Location")).isEqualTo(location));
    assertThat(jobs()).isEqualTo(1);
  }

  @Test
  void a_request_that_does_not_end_lets_the_same_one_come_back_later() {
    new TransactionTemplate(service.getBean(PlatformTransactionManager.class))
        .executeWithoutResult(
            other -> {
              sql("insert into idempotency_key values (?, ?, ?, 'f', 'r', current_timestamp)")
                  .params("local", "default POST " + JOBS, key)
                  .update();
              Answer waited = api.with(KEY, key).post(JOBS, job);
              assertThat(waited.status()).isEqualTo(409);
              assertThat(waited.header("Retry-After")).isEqualTo("1");
              assertThat(waited.json().get("type").asString())
                  .isEqualTo("/problems/request-in-progress");
              assertThat(jobs()).isZero();
              other.setRollbackOnly();
            });
    assertThat(api.with(KEY, key).post(JOBS, job).status()).isEqualTo(202);
    assertThat(jobs()).isEqualTo(1);
  }

  @Test
  void uploads_at_once_with_one_key_make_one_version_and_leave_no_file() throws Exception {
    Callable<Answer> upload =
        () -> api.with(KEY, key).upload(DATASETS, "s.zip", IMAGES, Map.of("name", name));
    List<Answer> answers = together(20, upload);
    assertThat(answers).allSatisfy(a -> assertThat(a.status()).as(a.text()).isEqualTo(202));
    assertThat(answers.stream().map(a -> a.header("Location")).distinct()).hasSize(1);
    assertThat(answers.stream().filter(a -> a.header("Idempotency-Replayed").isEmpty())).hasSize(1);
    assertThat(api.get(DATASETS + "?name=" + name).json().get("items")).hasSize(1);
    await().atMost(ofSeconds(30)).until(() -> files("uploads").isEmpty());
    assertThat(TemporaryData.halfWritten(data)).isEmpty();

    Answer otherFile =
        api.with(KEY, key).upload(DATASETS, "s.zip", TinyImages.zip(5, 2), Map.of("name", name));
    assertThat(otherFile.status()).isEqualTo(422);
    Answer otherField =
        api.with(KEY, key).upload(DATASETS, "s.zip", IMAGES, Map.of("name", name, "seed", "7"));
    assertThat(otherField.status()).isEqualTo(422);
    Answer sameInWords =
        api.with(KEY, key)
            .upload(DATASETS, "other-name.zip", IMAGES, Map.of("seed", "1", "name", name));
    assertThat(sameInWords.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(sameInWords.json().get("version").asInt()).isEqualTo(1);
  }

  @Test
  void a_key_is_free_again_after_the_retention() {
    service.close();
    start("1s");
    String first = api.with(KEY, key).post(JOBS, job).header("Location");
    await()
        .atMost(ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(api.with(KEY, key).post(JOBS, job).header("Location"))
                    .isNotEqualTo(first));
    await().atMost(ofSeconds(30)).until(() -> keys() == 0);
    service.close();
    start("24h");
  }

  private void refusesKey(String bad) {
    Answer refused = api.with(KEY, bad).post(JOBS, job);
    assertThat(refused.status()).as(refused.text()).isEqualTo(422);
    assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo(KEY);
  }

  private void start(String retention) {
    service =
        new SpringApplicationBuilder(Trainyard.class)
            .run(
                "--trainyard.data-dir=" + data,
                "--server.port=0",
                "--trainyard.worker.slots=0",
                // A hundred first requests wait for ten connections, and for each other.
                "--spring.datasource.hikari.connection-timeout=10000",
                "--trainyard.idempotency.retention=" + retention);
    api = new ApiClient(service.getEnvironment().getProperty("local.server.port", int.class, 0));
  }

  private int jobs() {
    return api.get(JOBS + "?pageSize=500&name=" + name).json().get("items").size();
  }

  private int keys() {
    return sql("select count(*) from idempotency_key").query(Integer.class).single();
  }

  private JdbcClient.StatementSpec sql(String statement) {
    return service.getBean(JdbcClient.class).sql(statement);
  }

  private List<Path> files(String folder) throws Exception {
    try (var files = Files.list(data.resolve(folder))) {
      return files.toList();
    }
  }

  private static List<Answer> together(int requests, Callable<Answer> request) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(requests);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Answer>> pending = new ArrayList<>();
      for (int n = 0; n < requests; n++) {
        pending.add(
            clients.submit(
                () -> {
                  start.await();
                  return request.call();
                }));
      }
      start.countDown();
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> answer : pending) {
        answers.add(answer.get());
      }
      return answers;
    } finally {
      clients.shutdownNow();
    }
  }
}
