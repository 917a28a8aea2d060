package dev.trainyard.web.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.oneOf;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import dev.trainyard.ApiClient;
import dev.trainyard.TemporaryData;
import dev.trainyard.TinyImages;
import dev.trainyard.model.Exports;
import dev.trainyard.model.ModelRegistry;
import dev.trainyard.model.ModelServiceTest;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.web.openapi.Asker.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/**
 * Every operation of the OpenAPI document, asked of one service, whose answers are held against it.
 */
@Tag("h2")
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "trainyard.worker.poll-interval=100ms",
      "trainyard.worker.standby-trainers=0",
      "trainyard.model.standby-predictors=0",
      "trainyard.model.import.enabled=true"
    })
@Import(ModelServiceTest.TestPredictor.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ContractTest {

  private static final Path data = TemporaryData.folder();
  private static final String JSON = "application/json";
  private static final String PATCH = "application/merge-patch+json";
  private static final String OCTETS = "application/offset+octet-stream";
  private static final String JOB =
      """
      {"name": "small", "dataset": "shapes", "model": {"type": "linear"},
       "input": {"height": 8, "width": 8}, "training": {"batchSize": 4, "steps": 4, "stepsPerEvaluation": 2}%s}
      """;
  private static final String NEVER =
      JOB.formatted(", \"scheduling\": {\"labels\": [\"nowhere\"]}");

  private final byte[] zip = TinyImages.zip(6, 1);
  private final String image = Base64.getEncoder().encodeToString(new byte[] {1});

  @Autowired private ModelRegistry registry;

  private Asker api;
  private String job;
  private String dataset;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry properties) {
    properties.add("trainyard.data-dir", data::toString);
  }

  @BeforeAll
  void start(@LocalServerPort int port) throws IOException {
    api = new Asker(port, Contract.of(new ApiClient(port).get("/v3/api-docs").json()));
    Path jobs = data.resolve("jobs");
    for (int version = 1; version <= 2; version++) {
      registry.publish(
          Exports.aFinishedModel(
              UUID.randomUUID().toString(), "asked", Exports.anExport(jobs, "a graph")),
          () -> {});
    }
  }

  @AfterAll
  void every_operation_was_asked_and_answered_well() {
    assertThat(api.unanswered()).isEmpty();
  }

  @Test
  @Order(1)
  void datasets_and_uploads() {
    dataset =
        made(api.form("POST", "/api/v1/datasets", "file", zip, Map.of("name", "shapes")))
            .get("id")
            .asString();
    until("/api/v1/datasets/{idOrName}", dataset, "/state", "READY");
    for (String path : List.of("", "/report", "/quarantine", "/duplicates", "/contact-sheet")) {
      well(api.ask("GET", "/api/v1/datasets/{idOrName}" + path, "shapes"));
    }
    well(api.ask("GET", "/api/v1/datasets"));
    well(api.ask("OPTIONS", "/api/v1/uploads"));
    Answer begun =
        api.with("Upload-Length", String.valueOf(zip.length)).ask("POST", "/api/v1/uploads");
    String upload = well(begun).header("Location").replaceFirst(".*/", "");
    Asker first = api.with("Upload-Offset", "0");
    well(first.send("PATCH", "/api/v1/uploads/{id}", OCTETS, part(0, 100), upload));
    Asker second = api.with("Upload-Offset", "100").with("X-HTTP-Method-Override", "PATCH");
    well(second.send("POST", "/api/v1/uploads/{id}", OCTETS, part(100, zip.length), upload));
    well(api.ask("GET", "/api/v1/uploads/{id}", upload));
    well(api.ask("HEAD", "/api/v1/uploads/{id}", upload));
    String other =
        made(json(
                "POST",
                "/api/v1/datasets",
                "{\"name\": \"more\", \"upload\": \"%s\"}".formatted(upload)))
            .get("id")
            .asString();
    api.ask("POST", "/api/v1/datasets/{id}/cancel", other); // well, or too late
    until("/api/v1/datasets/{idOrName}", other, "/state", "READY", "CANCELLED");
    well(api.ask("DELETE", "/api/v1/datasets/{id}", other));
    begun = api.with("Upload-Length", "9").ask("POST", "/api/v1/uploads");
    well(
        api.ask(
            "DELETE", "/api/v1/uploads/{id}", begun.header("Location").replaceFirst(".*/", "")));
  }

  @Test
  @Order(2)
  void jobs() {
    job = made(json("POST", "/api/v1/jobs", JOB.formatted(""))).get("id").asString();
    well(json("POST", "/api/v1/jobs?validateOnly=true", JOB.formatted("")));
    String waiting = made(json("POST", "/api/v1/jobs", NEVER)).get("id").asString();
    well(json("POST", "/api/v1/jobs/{id}/priority", "{\"priority\": 3}", waiting));
    for (String verb : List.of("pause", "resume", "cancel", "retry", "cancel")) {
      well(api.ask("POST", "/api/v1/jobs/{id}/" + verb, waiting));
    }
    well(json("POST", "/api/v1/jobs/{id}/clone", "{\"name\": \"again\"}", waiting));
    well(api.ask("DELETE", "/api/v1/jobs/{id}", waiting));
    until("/api/v1/jobs/{id}", job, "/status/state", "SUCCEEDED");
    well(api.ask("GET", "/api/v1/jobs"));
    for (String path :
        List.of(
            "",
            "/log",
            "/log?q=step",
            "/metrics",
            "/metrics?points=10",
            "/metrics?format=csv",
            "/evaluations",
            "/checkpoints",
            "/tensorboard",
            "/events")) {
      well(api.ask("GET", "/api/v1/jobs/{id}" + path, job));
    }
    for (String type : List.of("text/plain", "text/event-stream")) {
      well(api.with("Accept", type).ask("GET", "/api/v1/jobs/{id}/log?follow=true", job));
    }
    well(api.with("Range", "bytes=0-9").ask("GET", "/api/v1/jobs/{id}/log", job));
    Answer beyond = api.with("Range", "bytes=9999999-").ask("GET", "/api/v1/jobs/{id}/log", job);
    assertThat(beyond.status()).isEqualTo(416);
    assertThat(beyond.violations()).as(beyond.toString()).isEmpty();
    assertThat(new String(beyond.body(), UTF_8)).contains("/problems/range-not-satisfiable");
    for (String format : List.of("svg", "png")) {
      well(api.ask("GET", "/api/v1/jobs/{id}/plots/{plot}.{format}", job, "confusion", format));
      well(api.ask("GET", "/api/v1/plots/{plot}.{format}?jobs=" + job, "loss", format));
    }
    well(api.with("Last-Event-ID", "0").ask("GET", "/api/v1/events"));
    well(api.ask("GET", "/api/v1/workers"));
  }

  @Test
  @Order(3)
  void models() {
    String version = "/api/v1/models/{name}/versions/{version}";
    byte[] model = well(api.ask("GET", version + "/download", "small", "1")).body();
    well(api.with("Range", "bytes=0-9").ask("GET", version + "/download", "small", "1"));
    well(
        api.with("Range", "bytes=0-9")
            .ask("GET", version + "/files/{path}", "small", "1", "saved_model.pb"));
    well(api.ask("GET", version + "/download?format=tar.gz", "small", "1"));
    well(api.ask("HEAD", version + "/download", "small", "1"));
    for (String verb : List.of("GET", "HEAD")) {
      well(api.ask(verb, version + "/files/{path}", "small", "1", "saved_model.pb"));
    }
    well(
        api.form(
            "POST",
            "/api/v1/models/{name}/versions",
            "file",
            model,
            Map.of("source", "a test"),
            "elsewhere"));
    for (String name : List.of("small", "elsewhere")) {
      for (String path : List.of("", "/manifest", "/card")) {
        well(api.ask("GET", version + path, name, "1"));
      }
    }
    well(api.ask("POST", version + "/verify", "small", "1"));
    well(
        api.send(
            "PATCH", version, PATCH, "{\"tags\": {\"a\": \"b\"}}".getBytes(UTF_8), "small", "1"));
    well(
        api.send(
            "PATCH",
            "/api/v1/models/{name}",
            PATCH,
            "{\"description\": \"d\"}".getBytes(UTF_8),
            "small"));
    for (String path : List.of("/{name}", "/{name}/versions", "?tag=a:b", "")) {
      well(api.ask("GET", "/api/v1/models" + path, "small"));
    }
    well(api.ask("GET", "/api/v1/serving/models.config"));
    String alias = "/api/v1/models/{name}/aliases/{alias}";
    for (String wanted : List.of("1", "2", "\"latest\"")) {
      well(json("PUT", alias, "{\"version\": %s}".formatted(wanted), "asked", "champion"));
    }
    for (String path : List.of("", "/moves")) {
      well(api.ask("GET", alias + path, "asked", "champion"));
    }
    well(api.ask("GET", "/api/v1/models/{name}/aliases", "asked"));
    well(api.ask("POST", alias + "/rollback", "asked", "champion"));
  }

  @Test
  @Order(4)
  void predictions() {
    byte[] instances = "{\"instances\": [{\"b64\": \"%s\"}]}".formatted(image).getBytes(UTF_8);
    byte[] classified =
        "{\"signature_name\": \"classes\", \"examples\": [{\"image_bytes\": {\"b64\": \"%s\"}}]}"
            .formatted(image)
            .getBytes(UTF_8);
    byte[] examples = "{\"examples\": [{\"x\": 0.75}]}".getBytes(UTF_8);
    Map<String, byte[]> verbs =
        Map.of(":predict", instances, ":classify", classified, ":regress", examples);
    List<String> named =
        List.of(
            "/v1/models/{name}",
            "/v1/models/{name}/versions/{version}",
            "/v1/models/{name}/labels/{version}");
    for (String path : named) {
      String version = path.contains("labels") ? "champion" : "1";
      verbs.forEach(
          (verb, body) -> well(api.send("POST", path + verb, JSON, body, "asked", version)));
      well(api.ask("GET", path, "asked", version));
      well(api.ask("GET", path + "/metadata", "asked", version));
    }
    String question =
        "{\"inputs\": [{\"name\": \"image_bytes\", \"datatype\": \"BYTES\", \"shape\": [1],"
            + " \"parameters\": {\"content_type\": \"base64\"}, \"data\": [\"%s\"]}]%s}";
    for (String path : List.of("/v2/models/{name}", "/v2/models/{name}/versions/{version}")) {
      well(json("POST", path + "/infer", question.formatted(image, ""), "asked", "1"));
      String binary = ", \"parameters\": {\"binary_data_output\": true}";
      well(json("POST", path + "/infer", question.formatted(image, binary), "asked", "1"));
      well(api.ask("GET", path, "asked", "1"));
      well(api.ask("GET", path + "/ready", "asked", "1"));
    }
    for (String path : List.of("/v2", "/v2/health/live", "/v2/health/ready")) {
      well(api.ask("GET", path));
    }
    well(
        api.form(
            "POST",
            "/api/v1/models/{name}/predict",
            "image",
            TinyImages.jpeg(1, 1),
            Map.of(),
            "asked"));
    well(
        api.send(
            "POST", "/api/v1/models/{name}/predict", "image/jpeg", TinyImages.jpeg(1, 1), "asked"));
  }

  @Test
  @Order(5)
  void keys_projects_and_what_was_done() {
    SecurityOperations.askAll(api);
  }

  @Test
  @Order(6)
  void the_schema_of_a_job_lets_in_what_the_api_does() throws IOException {
    JsonNode document = made(api.ask("GET", JobSpecSchema.PATH));
    Schema schema = Contract.REGISTRY.getSchema(document);
    for (String spec : JobSpecs.valid()) {
      well(json("POST", "/api/v1/jobs", spec));
      assertThat(schema.validate(spec, InputFormat.JSON)).as(spec).isEmpty();
    }
    for (String spec : JobSpecs.invalid()) {
      Answer refused = json("POST", "/api/v1/jobs", spec);
      assertThat(refused.status()).as(spec + refused).isBetween(400, 499);
      assertThat(refused.violations()).isEmpty();
      assertThat(schema.validate(spec, InputFormat.JSON)).as(spec).isNotEmpty();
    }
    List<JsonNode> documented = JobSpecs.inDocuments();
    documented.add(document.at("/examples/0"));
    assertThat(documented).hasSizeGreaterThan(3);
    documented.forEach(spec -> assertThat(schema.validate(spec)).as(spec.toString()).isEmpty());
  }

  /** Whatever is unknown, unreadable or unwanted is refused as the document says. */
  @Test
  @Order(7)
  void refusals() {
    List<String> wrong = new ArrayList<>();
    for (String operation : api.contract().operations()) {
      String method = operation.substring(0, operation.indexOf(' '));
      String path = operation.substring(method.length() + 1);
      String[] unknown = {"no-such", "999", "nothing"};
      JsonNode body = api.contract().operation(method, path).path("requestBody").path("content");
      List<Answer> answers = new ArrayList<>();
      if (path.contains("{")) {
        answers.add(api.ask(method, path, unknown));
      }
      if (method.equals("GET") && !path.contains("{")) {
        answers.add(api.with("Accept", "application/x-nothing").ask(method, path));
        answers.add(api.ask(method, path + "?pageSize=0&type=x&basePath=x"));
      }
      if (body.isObject()) {
        for (String type : body.propertyNames()) {
          answers.add(api.send(method, path, type, "{".getBytes(UTF_8), unknown));
          answers.add(api.send(method, path, type, "[7]".getBytes(UTF_8), unknown));
          answers.add(
              api.send(method, path, type, "{\"no\": 1}".getBytes(UTF_8), "asked", "1", "x"));
        }
        answers.add(api.send(method, path, "text/x-nothing", "x".getBytes(UTF_8), unknown));
      }
      answers.stream()
          .filter(answer -> answer.status() >= 500 || !answer.violations().isEmpty())
          .forEach(answer -> wrong.add(answer + " " + answer.violations()));
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  @Order(8)
  void what_is_gone() {
    well(api.ask("DELETE", "/api/v1/models/{name}/aliases/{alias}", "asked", "champion"));
    well(api.ask("DELETE", "/api/v1/models/{name}/versions/{version}", "asked", "1"));
    well(api.ask("DELETE", "/api/v1/models/{name}", "asked"));
    for (String path : List.of("/api/v1/jobs/{id}", "/api/v1/datasets/{id}")) {
      Answer refused =
          api.ask("DELETE", path, path.contains("jobs") ? UUID.randomUUID().toString() : dataset);
      assertThat(refused.status()).as(refused.toString()).isGreaterThanOrEqualTo(400);
      assertThat(refused.violations()).isEmpty();
    }
  }

  @Test
  void every_example_fits_its_schema() {
    assertThat(api.contract().wrongExamples()).isEmpty();
  }

  static Answer well(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isBetween(200, 299);
    assertThat(answer.violations()).as(answer.toString()).isEmpty();
    return answer;
  }

  static JsonNode made(Answer answer) {
    return SpecJson.MAPPER.readTree(well(answer).body());
  }

  private Answer json(String method, String template, String body, String... values) {
    return api.send(method, template, JSON, body.getBytes(UTF_8), values);
  }

  private void until(String template, String id, String pointer, String... states) {
    await()
        .atMost(ofSeconds(60))
        .until(() -> made(api.ask("GET", template, id)).at(pointer).asString(), is(oneOf(states)));
  }

  private byte[] part(int from, int to) {
    return Arrays.copyOfRange(zip, from, to);
  }
}
