package dev.trainyard.job;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.ApiClient;
import dev.trainyard.ApiClient.Answer;
import dev.trainyard.TemporaryData;
import dev.trainyard.TinyImages;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
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

/** The jobs' API without a worker: what is accepted, what is refused, and how it is shown. */
@Tag("database")
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "trainyard.worker.slots=0")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobApiTest {

  private static final String JOBS = "/api/v1/jobs";
  private static final String MINIMAL =
      "{'name': 'j', 'dataset': 'shapes', 'model': {'type': 'cnn'}, 'training': {'batchSize': 4}}"
          .replace('\'', '"');

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
    await().atMost(ofSeconds(60)).until(() -> datasetState("shapes").equals("READY"));
  }

  @Test
  void what_is_left_out_gets_the_articles_defaults_and_the_answer_shows_them() {
    JsonNode job = accepted(MINIMAL);
    assertThat(job.at("/spec/model/kernelSize1").asInt()).isEqualTo(5);
    assertThat(job.at("/spec/model/filters2").asInt()).isEqualTo(20);
    assertThat(job.at("/spec/model/dropout").asDouble()).isEqualTo(0.25);
    assertThat(job.at("/spec/input/height").asInt()).isEqualTo(299);
    assertThat(job.at("/spec/training/optimizer/learningRate").asDouble()).isEqualTo(0.01);
    assertThat(job.at("/spec/training/stepsPerEvaluation").asInt()).isEqualTo(1000);
    assertThat(job.at("/spec/register/model").asString()).isEqualTo("j");
    assertThat(job.at("/status/state").asString()).isEqualTo("QUEUED");
    assertThat(job.at("/dataset/version").asInt()).isEqualTo(1);
    JsonNode again = api.get(JOBS + "/" + job.get("id").asString()).json();
    assertThat(again).isEqualTo(job);
  }

  @Test
  void a_job_keeps_the_trace_of_its_submission_though_nobody_receives_spans() {
    ApiClient traced =
        api.with("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00");
    JsonNode job = traced.post(JOBS, MINIMAL).json();
    assertThat(job.get("traceId").asString()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    String path = JOBS + "/" + job.get("id").asString();
    api.post(path + "/cancel", "");
    assertThat(api.post(path + "/retry", "").json().get("traceId")).isEqualTo(job.get("traceId"));
    assertThat(traced.post(JOBS, "{}").json().get("traceId")).isEqualTo(job.get("traceId"));

    List<String> others = new ArrayList<>();
    for (String wrong : List.of("", "oops", "00-" + "0".repeat(32) + "-00f067aa0ba902b7-01")) {
      Answer answer = api.with("traceparent", wrong).post(JOBS, MINIMAL);
      assertThat(answer.status()).isEqualTo(202);
      others.add(answer.json().get("traceId").asString());
    }
    others.add(api.get("/api/v1/datasets/shapes").json().get("traceId").asString());
    others.add(api.get(JOBS + "/nope").json().get("traceId").asString());
    assertThat(others)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[0-9a-f]{32}") && id.matches(".*[1-9a-f].*"));
  }

  @Test
  void a_job_that_is_only_validated_is_not_queued() {
    int before = ids("").size();
    Answer valid = api.post(JOBS + "?validateOnly=true", MINIMAL);
    assertThat(valid.status()).isEqualTo(200);
    assertThat(valid.json().get("valid").asBoolean()).isTrue();
    assertThat(valid.json().at("/spec/input/width").asInt()).isEqualTo(299);
    Answer invalid = api.post(JOBS + "?validateOnly=true", MINIMAL.replace("shapes", "none"));
    assertThat(invalid.status()).isEqualTo(422);
    assertThat(ids("")).hasSize(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          "batchSize": 4          | "batchSize": 0            | training.batchSize | 1
          "batchSize": 4          | "batchSize": 28           | training.batchSize | 27 training images
          "batchSize": 4          | "batchSize": "many"       | training.batchSize | number
          "batchSize": 4          | "batchSize": 4.5          | training.batchSize | number
          "batchSize": 4          | "bachSize": 4             | training.bachSize  | batchSize
          "batchSize": 4          | "seed": -1                | training.seed      | 0
          "batchSize": 4          | "optimizer":{"type":"adam","learningRate":0} | training.optimizer.learningRate | 0
          "batchSize": 4          | "optimizer":{"type":"lion"} | training.optimizer.type | adam
          "batchSize": 4          | "optimizer":{"type":"momentum","momentum":1} | training.optimizer.momentum | 1
          "batchSize": 4          | "schedule":{"type":"warp"} | training.schedule.type | cosine
          "batchSize": 4          | "schedule":{"type":"cosine","unit":"days"} | training.schedule.unit | epochs
          "batchSize": 4          | "schedule":{"type":"cosine","warmup":-1} | training.schedule.warmup | 0
          "batchSize": 4          | "schedule":{"type":"cosine","duration":0} | training.schedule.duration | 0
          "batchSize": 4          | "schedule":{"type":"piecewise"} | training.schedule.boundaries | empty
          "batchSize": 4          | "batchSize":4,"schedule":{"type":"piecewise","boundaries":[2],"factors":[1,-1]} | training.schedule.factors[1] | 0
          "batchSize": 4          | "batchSize":4,"schedule":{"type":"piecewise","boundaries":[null],"factors":[1,1]} | training.schedule.boundaries[0] | null
          "batchSize": 4          | "batchSize":4,"schedule":{"type":"piecewise","boundaries":[2,1],"factors":[1,1,1]} | training.schedule.boundaries[1] | more
          "batchSize": 4          | "batchSize":4,"schedule":{"type":"piecewise","boundaries":[2],"factors":[1]} | training.schedule.factors | 2
          {"type": "cnn"}         | {"type": "transformer"}   | model.type         | cnn
          {"type": "cnn"}         | {"batchNorm": true}       | model.type         | cnn
          {"type": "cnn"}         | {"type": "cnn", "dropout": 1.0} | model.dropout | 1
          {"type": "cnn"}         | null                      | model              | cnn
          "dataset": "shapes"     | "dataset": "tulips"       | dataset            | tulips
          "batchSize": 4          | "batchSize": 4, "warmStartFrom": {} | training.warmStartFrom | model or a job
          "batchSize": 4          | "batchSize": 4, "warmStartFrom": {"model": "tulips"} | training.warmStartFrom.model | tulips
          "batchSize": 4          | "batchSize": 4, "warmStartFrom": {"model": "../.."} | training.warmStartFrom.model | no model
          "batchSize": 4          | "batchSize": 4, "warmStartFrom": {"job": "0b7c3f0e-6a0e-4c58-9a3c-2f1d2b3c4d5e"} | training.warmStartFrom.job | no job
          "batchSize": 4          | "batchSize": 4, "warmStartFrom": {"job": "seven"} | training.warmStartFrom.job | must be an id
          "name": "j"             | "name": "../../etc"       | name               | letters
          "batchSize": 4          | "batchSize": 4, "earlyStopping": {"monitor": "top_5_accuracy"} | training.earlyStopping.monitor | accuracy
          "batchSize": 4          | "batchSize": 4, "checkpoint": {"keepBest": "top_5_accuracy"} | training.checkpoint.keepBest | accuracy
          "name": "j"             | "name": "two words"       | name               | letters
          "name": "j"             | "name": "\uD83C\uDF37"    | name               | letters
          "name": "j"             | "title": "j"              | title              | name
          "name": "j"             | "name": "j", "accelerator": {"type": "ABACUS"} | accelerator.type | CPU
          "name": "j"             | "name": "j", "register": {"model": "A/B"} | register.model | letters
          "name": "j"             | "name": "j", "input": {"height": 3} | input.height | 4
          """)
  void a_wrong_field_is_named_with_what_would_be_right(
      String right, String wrong, String field, String hint) {
    Answer refused = api.post(JOBS, MINIMAL.replace(right, wrong));
    assertThat(refused.status()).as(refused.text()).isEqualTo(422);
    assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
    JsonNode error = refused.json().at("/errors/0");
    assertThat(error.get("field").asString()).as(refused.text()).isEqualTo(field);
    assertThat(error.get("message").asString() + refused.json().get("detail").asString())
        .contains(hint);
    assertThat(refused.text()).doesNotContain("Exception").doesNotContain("dev.trainyard");
  }

  @Test
  void a_spec_is_json_and_nothing_else() {
    Answer refused =
        api.send(
            HttpRequest.newBuilder(api.uri(JOBS))
                .header("Content-Type", "application/yaml")
                .POST(BodyPublishers.ofString("name: j\ndataset: shapes\nmodel: {type: cnn}\n")));
    assertThat(refused.status()).isEqualTo(415);
  }

  @Test
  void a_name_of_300_characters_is_refused() {
    Answer refused = api.post(JOBS, MINIMAL.replace("\"j\"", "\"" + "j".repeat(300) + "\""));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("name");
  }

  @Test
  void malformed_json_is_refused_with_the_place() {
    Answer refused = api.post(JOBS, "{\"name\": \"j\",\n  oops}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().get("detail").asString()).contains("line 2");
    assertThat(api.post(JOBS, "").status()).isEqualTo(400);
    Answer array = api.post(JOBS, "[]");
    assertThat(array.status()).isEqualTo(400);
    assertThat(array.text()).doesNotContain("dev.trainyard").doesNotContain("Token");
  }

  @Test
  void a_job_on_a_dataset_that_failed_is_refused_with_its_state() {
    byte[] oneClass = oneClassZip();
    api.upload("/api/v1/datasets", "one.zip", oneClass, Map.of("name", "lonely"));
    await().atMost(ofSeconds(60)).until(() -> datasetState("lonely").equals("FAILED"));
    Answer refused = api.post(JOBS, MINIMAL.replace("shapes", "lonely"));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().get("type").asString()).isEqualTo("/problems/dataset-not-ready");
    assertThat(refused.json().get("detail").asString()).contains("FAILED");
  }

  @Test
  void a_dataset_that_a_waiting_job_needs_cannot_be_deleted() {
    accepted(MINIMAL);
    String dataset = api.get("/api/v1/datasets/shapes").json().get("id").asString();
    assertThat(api.delete("/api/v1/datasets/" + dataset).status()).isEqualTo(409);
  }

  @Test
  void pages_lead_through_all_jobs_newest_first_without_a_gap() {
    for (int n = 0; n < 5; n++) {
      accepted(MINIMAL.replace("\"j\"", "\"paged\""));
    }
    List<String> all = ids("name=paged");
    List<String> paged = new ArrayList<>();
    String path = JOBS + "?name=paged&pageSize=2";
    while (path != null) {
      Answer page = api.get(path);
      assertThat(page.status()).as(page.text()).isEqualTo(200);
      page.json().get("items").forEach(job -> paged.add(job.get("id").asString()));
      String link = page.header("Link");
      path = link.isEmpty() ? null : link.substring(link.indexOf("/api"), link.indexOf('>'));
    }
    assertThat(paged).hasSize(5).isEqualTo(all);
    assertThat(api.get(JOBS + "?pageToken=nonsense").status()).isEqualTo(422);
    assertThat(api.get(JOBS + "?pageSize=0").status()).isEqualTo(422);
    Answer wrong = api.get(JOBS + "?state=QUEUED,SLEEPING");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.text()).contains("'state' must be one of QUEUED, ");
    assertThat(ids("name=paged&state=QUEUED,RUNNING")).hasSize(5);
    assertThat(ids("name=paged&state=FAILED")).isEmpty();
  }

  @Test
  void a_job_that_never_ran_has_an_empty_log_and_no_series() {
    String id = accepted(MINIMAL).get("id").asString();
    Answer log = api.get(JOBS + "/" + id + "/log");
    assertThat(log.status()).isEqualTo(200);
    assertThat(log.header("Content-Type")).startsWith("text/plain");
    assertThat(log.text()).isEmpty();
    assertThat(api.get(JOBS + "/" + id + "/metrics").json()).isEmpty();
    assertThat(api.get(JOBS + "/" + id + "/evaluations").json().get("items")).isEmpty();
  }

  @Test
  void a_job_that_is_not_there_is_a_404_on_every_path() {
    for (String path :
        List.of(
            "/nope",
            "/nope/log",
            "/nope/metrics",
            "/nope/evaluations",
            "/nope/plots/loss.svg",
            "/nope/tensorboard")) {
      assertThat(api.get(JOBS + path).status()).as(path).isEqualTo(404);
    }
    Answer escaping = api.get(JOBS + "/..%2f..%2fetc/log");
    assertThat(escaping.status()).isEqualTo(400);
    assertThat(escaping.header("Content-Type")).startsWith("application/problem+json");
    assertThat(escaping.json().get("type").asString()).isEqualTo("/problems/malformed-request");
    assertThat(api.post(JOBS + "/nope/cancel", "").status()).isEqualTo(404);
    assertThat(api.delete(JOBS + "/nope").status()).isEqualTo(404);
  }

  @Test
  void every_endpoint_is_in_the_openapi_document_with_a_summary_and_an_example() {
    JsonNode paths = api.get("/v3/api-docs").json().get("paths");
    assertThat(paths.propertyNames())
        .contains(
            "/api/v1/jobs",
            "/api/v1/jobs/{id}",
            "/api/v1/jobs/{id}/cancel",
            "/api/v1/jobs/{id}/log",
            "/api/v1/jobs/{id}/metrics",
            "/api/v1/jobs/{id}/evaluations",
            "/api/v1/datasets",
            "/api/v1/models/{name}/versions/{version}/download",
            "/v1/models/{name}:predict");
    paths.forEach(
        path ->
            path.forEach(
                operation -> {
                  assertThat(operation.path("summary").asString(""))
                      .as(path.toString())
                      .isNotEmpty();
                  assertThat(operation.toString()).contains("\"example");
                }));
  }

  private JsonNode accepted(String spec) {
    Answer answer = api.post(JOBS, spec);
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer.json();
  }

  private List<String> ids(String query) {
    JsonNode items = api.get(JOBS + "?pageSize=200&" + query).json().get("items");
    return StreamSupport.stream(items.spliterator(), false)
        .map(job -> job.get("id").asString())
        .toList();
  }

  private String datasetState(String name) {
    return api.get("/api/v1/datasets/" + name).json().get("state").asString();
  }

  private static byte[] oneClassZip() {
    var bytes = new java.io.ByteArrayOutputStream();
    try (var zip = new java.util.zip.ZipOutputStream(bytes)) {
      for (int n = 0; n < 3; n++) {
        zip.putNextEntry(new java.util.zip.ZipEntry("only/" + n + ".jpg"));
        zip.write(TinyImages.jpeg(0, n));
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
