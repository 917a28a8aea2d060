package dev.trainyard.job;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.ApiClient;
import dev.trainyard.ApiClient.Answer;
import dev.trainyard.TemporaryData;
import dev.trainyard.TinyImages;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** What clients may do to a job, over HTTP; no worker takes one here. */
@Tag("database")
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "trainyard.worker.slots=0")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobVerbsApiTest {

  private static final String JOBS = "/api/v1/jobs";
  private static final String JOB =
      """
      {"name": "base", "dataset": "shapes", "model": {"type": "cnn", "units": 32},
       "training": {"batchSize": 4, "steps": 50, "optimizer": {"type": "adam", "learningRate": 0.5}},
       "scheduling": {"priority": 3, "labels": ["ssd", "a100", "ssd"], "maxAttempts": 5, "maxDuration": "PT2H"}}
      """;

  static final Path data = TemporaryData.folder();

  private ApiClient api;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("trainyard.data-dir", data::toString);
  }

  @BeforeAll
  void upload(@LocalServerPort int port) {
    api = new ApiClient(port);
    api.upload("/api/v1/datasets", "s.zip", TinyImages.zip(10, 1), Map.of("name", "shapes"));
    await()
        .atMost(ofSeconds(60))
        .until(
            () ->
                api.get("/api/v1/datasets/shapes").json().get("state").asString().equals("READY"));
  }

  @Test
  void a_job_shows_how_it_is_scheduled_and_why_it_waits() {
    JsonNode job = submitted();
    assertThat(job.at("/spec/scheduling/labels").toString()).isEqualTo("[\"a100\",\"ssd\"]");
    assertThat(job.at("/spec/scheduling/maxAttempts").asInt()).isEqualTo(5);
    assertThat(job.at("/status/priority").asInt()).isEqualTo(3);
    assertThat(job.at("/status/waiting/position").asInt()).isPositive();
    assertThat(job.at("/status/waiting/reason").asString()).isEqualTo("NO_WORKER");
    assertThat(job.get("submitter").asString()).isEqualTo("local");
    assertThat(job.at("/status/attempts").isEmpty()).isTrue();
  }

  @Test
  void a_job_is_paused_resumed_cancelled_retried_and_deleted() {
    String job = JOBS + "/" + submitted().get("id").asString();
    assertThat(verb(job, "pause", 202)).isEqualTo("PAUSED");
    assertThat(verb(job, "pause", 202)).as("again").isEqualTo("PAUSED");
    assertThat(verb(job, "resume", 202)).isEqualTo("QUEUED");
    assertThat(verb(job, "cancel", 202)).isEqualTo("CANCELLED");
    assertThat(verb(job, "retry", 202)).isEqualTo("QUEUED");
    assertThat(api.delete(job).status()).isEqualTo(409);
    assertThat(verb(job, "cancel", 202)).isEqualTo("CANCELLED");
    assertThat(api.delete(job).status()).isEqualTo(204);
    assertThat(api.post(job + "/retry", "").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"resume,QUEUED", "retry,QUEUED"})
  void a_verb_that_its_state_does_not_allow_is_a_conflict_that_names_the_state(
      String verb, String state) {
    Answer refused = api.post(JOBS + "/" + submitted().get("id").asString() + "/" + verb, "");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().get("type").asString()).isEqualTo("/problems/illegal-state");
    assertThat(refused.json().get("detail").asString()).contains(" is " + state);
  }

  @Test
  void a_priority_changes_the_place_and_nonsense_is_refused() {
    submitted();
    String job = JOBS + "/" + submitted().get("id").asString();
    Answer raised = api.post(job + "/priority", "{\"priority\": 100}");
    assertThat(raised.status()).as(raised.text()).isEqualTo(200);
    assertThat(raised.json().at("/status/priority").asInt()).isEqualTo(100);
    assertThat(raised.json().at("/status/waiting/position").asInt()).isEqualTo(1);
    Answer refused = api.post(job + "/priority", "{\"priority\": 101}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("priority");
    assertThat(api.post(job + "/priority", "{}").status()).isEqualTo(422);
    api.post(job + "/cancel", "");
  }

  @Test
  void a_clone_is_the_same_job_but_for_the_changes() {
    String original = submitted().get("id").asString();
    String changes =
        """
        {"name": "copy", "training": {"steps": 60, "optimizer": {"learningRate": 0.1}},
         "model": {"type": "linear"}, "scheduling": null}
        """;
    Answer answer = api.post(JOBS + "/" + original + "/clone", changes);
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    JsonNode clone = answer.json();
    assertThat(answer.header("Location")).isEqualTo(JOBS + "/" + clone.get("id").asString());
    assertThat(clone.get("id").asString()).isNotEqualTo(original);
    assertThat(clone.at("/spec/name").asString()).isEqualTo("copy");
    assertThat(clone.at("/spec/training/steps").asInt()).isEqualTo(60);
    assertThat(clone.at("/spec/training/batchSize").asInt()).isEqualTo(4);
    assertThat(clone.at("/spec/training/optimizer/type").asString()).isEqualTo("adam");
    assertThat(clone.at("/spec/training/optimizer/learningRate").asDouble()).isEqualTo(0.1);
    assertThat(clone.at("/spec/model").toString()).isEqualTo("{\"type\":\"linear\"}");
    assertThat(clone.at("/spec/scheduling/maxAttempts").asInt()).as("the default").isEqualTo(3);
    assertThat(clone.at("/spec/register/model").asString()).isEqualTo("base");
    assertThat(api.post(JOBS + "/" + original + "/clone", "").status()).isEqualTo(202);
  }

  @Test
  void a_clone_with_an_idempotency_key_is_made_once() {
    String path = JOBS + "/" + submitted().get("id").asString() + "/clone";
    Answer first = api.with("Idempotency-Key", "clone-1").post(path, "{\"name\": \"x\"}");
    Answer again = api.with("Idempotency-Key", "clone-1").post(path, "{\"name\": \"x\"}");
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'trainig': {}}                              | trainig
          {'training': {'batchSize': 0}}               | training.batchSize
          {'training': {'batchSize': 'x'}}             | training.batchSize
          {'model': {'type': 'cnnn'}}                  | model.type
          {'scheduling': {'maxDuration': 'PT0S'}}      | scheduling.maxDuration
          {'scheduling': {'labels': ['a b']}}          | scheduling.labels[0]
          {'scheduling': {'priority': 1000}}           | scheduling.priority
          {'dataset': 'none'}                          | dataset
          """)
  void a_clone_that_is_not_valid_is_refused_and_the_field_named(String changes, String field) {
    String path = JOBS + "/" + submitted().get("id").asString() + "/clone";
    Answer refused = api.post(path, changes.replace((char) 39, '"'));
    assertThat(refused.status()).as(refused.text()).isEqualTo(422);
    assertThat(refused.json().at("/errors/0/field").asString()).startsWith(field);
  }

  private JsonNode submitted() {
    Answer answer = api.post(JOBS, JOB);
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer.json();
  }

  private String verb(String job, String verb, int status) {
    Answer answer = api.post(job + "/" + verb, "");
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    return answer.json().at("/status/state").asString();
  }
}
