package dev.trainyard.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.ResourceName;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.servlet.multipart.location=",
      "spring.servlet.multipart.max-file-size=1KB",
      "spring.autoconfigure.exclude="
          + "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration,"
          + "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
          + "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration,"
          + "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration,"
          + "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration,"
          + "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration,"
          + "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration,"
          + "org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration,"
          + "org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.OAuth2ResourceServerWebSecurityAutoConfiguration"
    })
class ProblemAdviceTest {

  private static final JsonMapper JSON = new JsonMapper();

  private final URI root;
  private final HttpClient client = HttpClient.newHttpClient();

  ProblemAdviceTest(@LocalServerPort int port) {
    this.root = URI.create("http://127.0.0.1:" + port);
  }

  @Configuration
  @EnableAutoConfiguration
  @ComponentScan("dev.trainyard.problem.advice")
  @Import(Jobs.class)
  static class App {}

  @RestController
  static class Jobs {

    @PostMapping(path = "/jobs", consumes = "application/json")
    JobSpec submit(@Valid @RequestBody JobSpec spec) {
      return spec;
    }

    @GetMapping(path = "/jobs", produces = "text/plain")
    String list(@RequestParam(defaultValue = "10") @Max(100) int pageSize) {
      return "page of " + pageSize;
    }

    @PostMapping(path = "/files", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    long take(@RequestParam @ResourceName String name, @RequestPart MultipartFile file) {
      return file.getSize();
    }

    @GetMapping("/missing")
    String missing() {
      throw new ProblemException(
          Problem.DATASET_NOT_READY, "It is CONVERTING.", new FieldProblem("dataset", "waits"));
    }

    @GetMapping("/full")
    String full() {
      throw new IllegalStateException(new IOException("/data/x: No space left on device"));
    }

    @GetMapping("/broken")
    String broken() {
      throw new IllegalStateException("secret");
    }

    @GetMapping("/exhausted")
    String exhausted() {
      throw new OutOfMemoryError("secret");
    }
  }

  @Test
  void a_good_job_is_taken_with_its_defaults() throws Exception {
    HttpResponse<String> response = post(job("\"training\":{\"batchSize\":32}"));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(response.body()).at("/training/steps").asInt()).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "training":{"batchSize":0}              | training.batchSize | must be greater than or equal to 1, not 0
          "training":{"batchSize":1.5}            | training.batchSize | must be a whole number
          "training":{"batchSize":"32"}           | training.batchSize | must be a whole number
          "training":{"batchSize":99999999999}    | training.batchSize | must be a whole number in its range
          "training":{"batchSize":[1]}            | training.batchSize | must be a whole number
          "training":{"batchSize":{}}             | training.batchSize | must be a whole number
          "training":{"batchsize":1}              | training.batchsize | is not a known field; known are batchSize, checkpoint, deterministic, earlyStopping, epochs, evaluateRemainder, evaluationBatchSize, globalClipNorm, gradientAccumulationSteps, histograms, iterationsPerLoop, labelSmoothing, lossCheckSteps, optimizer, precision, schedule, seed, steps, stepsPerEvaluation, timeLimit, warmStartFrom, weightDecay
          "training":[]                           | training | must be an object
          "training":3                            | training | must be an object
          "training":{"optimizer":{"type":"lion"}} | training.optimizer.type | 'lion' is not known; known are adagrad, adam, adamw, momentum, rmsprop, sgd
          "training":{"schedule":{"type":"step"}} | training.schedule.type | 'step' is not known; known are constant, cosine, exponential, piecewise, polynomial
          "training":{"schedule":{"type":"cosine","unit":"days"}} | training.schedule.unit | must be one of steps, epochs
          "training":{"optimizer":{"type":"adam","learningRate":"x"}} | training.optimizer.learningRate | must be a number
          "input":{"transpose":"yes"}             | input.transpose | must be true or false
          "input":{"transpose":1}                 | input.transpose | must be true or false
          "input":{"augmentation":"color"}        | input.augmentation | must be one of none, article, resnet
          "training":{"timeLimit":"an hour"}      | training.timeLimit | must be a duration such as PT2H30M
          "training":{"checkpoint":{"keepBest":"rmse"}} | training.checkpoint.keepBest | must be one of loss, accuracy, top_5_accuracy, precision, recall, f1_score
          "accelerator":{"type":"ABACUS"}         | accelerator.type | must be one of CPU, GPU, TPU
          "accelerator":{"type":0}                | accelerator.type | must be one of CPU, GPU, TPU
          "register":{"model":7}                  | register.model | must be a text
          "register":{"model":"../x"}             | register.model | must be 1 to 63 lower-case letters, digits, '.', '_' or '-', and start and end with a letter or digit
          "colour":"red"                          | colour | is not a known field; known are accelerator, dataset, input, model, name, register, scheduling, training
          """,
      quoteCharacter = '`')
  void a_wrong_field_is_named_by_its_path(String member, String field, String message)
      throws Exception {
    assertInvalid(post(job(member)), field, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type":"vgg"}    | model.type | 'vgg' is not known; known are cnn, dnn, linear, resnet
          {}                | model.type | is required: one of cnn, dnn, linear, resnet
          null              | model      | is required: an object with a "type", one of cnn, dnn, linear, resnet
          "cnn"             | model.type | is required: one of cnn, dnn, linear, resnet
          {"type":"linear","units":2} | model.units | is not a known field; known are none
          {"type":"dnn","dropout":1}  | model.dropout | must be less than 1.0, not 1.0
          {"type":"dnn","hiddenUnits":[]}    | model.hiddenUnits | size must be between 1 and 16
          {"type":"dnn","hiddenUnits":[8,0]} | model.hiddenUnits[1] | must be greater than or equal to 1, not 0
          {"type":"dnn","hiddenUnits":[null]} | model.hiddenUnits[0] | must not be null
          {"type":"dnn","hiddenUnits":256}   | model.hiddenUnits | must be a list
          {"type":"resnet","depth":20} | model.depth | must be one of [18, 34, 50, 101], not 20
          {"type":"resnet","depth":"50"} | model.depth | must be a whole number
          {"type":"cnn","depth":50} | model.depth | is not a known field; known are batchNorm, dropout, filters1, filters2, kernelSize1, kernelSize2, units
          """,
      quoteCharacter = '`')
  void a_wrong_model_names_the_known_ones(String model, String field, String message)
      throws Exception {
    String body = "{\"name\":\"n\",\"dataset\":\"d\",\"model\":" + model + "}";
    assertInvalid(post(body), field, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"name": "n",,}        | line 1, column 14
          {"name": "n"           | line 1, column
          {"name":"n","name":""} | line 1, column
          not json               | line 1, column
          []                     | line 1, column 1
          "text"                 | line 1, column 1
          ``                     | The body is missing
          {"name":"n","dataset":"d","model":{"type":"cnn"}} x | line 1, column
          """,
      quoteCharacter = '`')
  void what_is_not_a_json_object_is_malformed(String body, String detail) throws Exception {
    JsonNode problem = problem(post(body), 400, "malformed-request");
    assertThat(problem.get("detail").asString()).contains(detail);
    assertThat(problem.get("errors")).isEmpty();
  }

  @Test
  void several_wrong_fields_are_all_named_in_order() throws Exception {
    String body = job("\"training\":{\"steps\":0,\"batchSize\":0},\"input\":{\"height\":1}");
    JsonNode errors = problem(post(body), 422, "invalid-request").get("errors");
    assertThat(errors.findValuesAsString("field"))
        .containsExactly("input.height", "training.batchSize", "training.steps");
  }

  @Test
  void messages_stay_english_for_everybody() throws Exception {
    HttpRequest german =
        json(job("\"training\":{\"steps\":0}")).header("Accept-Language", "de").build();
    assertInvalid(send(german), "training.steps", "must be greater than or equal to 1, not 0");
  }

  @Test
  void a_catalogued_failure_is_answered_as_it_stands() throws Exception {
    HttpResponse<String> response = get("/missing", "text/csv");
    JsonNode problem = problem(response, 409, "dataset-not-ready");
    assertThat(problem.get("title").asString()).isEqualTo("The dataset is not ready");
    assertThat(problem.get("detail").asString()).isEqualTo("It is CONVERTING.");
    assertThat(problem.get("instance").asString()).isEqualTo("/missing");
    assertThat(problem.at("/errors/0/field").asString()).isEqualTo("dataset");
  }

  @Test
  void parameters_are_named_when_they_are_wrong() throws Exception {
    assertInvalid(get("/jobs?pageSize=x", "*/*"), "pageSize", "must be a whole number");
    assertInvalid(
        get("/jobs?pageSize=101", "*/*"), "pageSize", "must be less than or equal to 100, not 101");
  }

  @Test
  void an_unknown_route_is_not_found() throws Exception {
    JsonNode problem = problem(get("/api/v9/nothing", "*/*"), 404, "not-found");
    assertThat(problem.get("detail").asString()).isEqualTo("There is nothing at /api/v9/nothing.");
  }

  @Test
  void a_wrong_method_is_told_the_right_ones() throws Exception {
    HttpResponse<String> response =
        send(HttpRequest.newBuilder(root.resolve("/jobs")).DELETE().build());
    assertThat(problem(response, 405, "method-not-allowed").get("detail").asString())
        .contains("DELETE", "GET", "POST");
    assertThat(response.headers().firstValue("Allow")).isPresent();
  }

  @Test
  void a_wrong_content_type_is_told_the_right_one() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(root.resolve("/jobs"))
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    assertThat(problem(send(request), 415, "unsupported-media-type").get("detail").asString())
        .isEqualTo("text/plain was sent; this takes application/json.");
  }

  @Test
  void an_unacceptable_answer_is_refused_in_problem_json() throws Exception {
    problem(get("/jobs", "image/png"), 406, "not-acceptable");
  }

  @Test
  void a_full_disk_says_so_without_paths() throws Exception {
    HttpResponse<String> response = get("/full", "*/*");
    problem(response, 507, "disk-full");
    assertThat(response.body()).doesNotContain("/data/x");
  }

  @Test
  void an_unforeseen_failure_gives_a_trace_id_and_nothing_else() throws Exception {
    for (String path : new String[] {"/broken", "/exhausted"}) {
      HttpResponse<String> response = get(path, "*/*");
      JsonNode problem = problem(response, 500, "internal-error");
      assertThat(problem.get("detail").asString())
          .contains("trace " + problem.get("traceId").asString());
      assertThat(response.body()).doesNotContain("secret", "Exception", "at dev.");
    }
  }

  @Test
  void a_broken_query_is_malformed() throws Exception {
    String answer = Raw.exchange(root.getPort(), "GET /jobs?pageSize=%zz HTTP/1.1\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400").contains("/problems/malformed-request");
  }

  @Test
  void missing_parts_are_named() throws Exception {
    assertInvalid(multipart("--b--\r\n"), "name", "is required");
    assertInvalid(multipart(part("name", "n", "") + "--b--\r\n"), "file", "is required");
    String file = part("file", "x", "; filename=\"a.zip\"");
    assertInvalid(multipart(file + part("name", "N", "") + "--b--\r\n"), "name", ResourceName.RULE);
  }

  @Test
  void a_multipart_body_that_breaks_off_is_malformed() throws Exception {
    problem(multipart("--b\r\nContent-Disposition: form-da"), 400, "malformed-request");
    problem(multipart(part("name", "n", "").stripTrailing()), 400, "malformed-request");
  }

  @Test
  void an_upload_that_is_too_large_is_refused() throws Exception {
    String file = part("file", "x".repeat(2000), "; filename=\"a.zip\"");
    problem(multipart(part("name", "n", "") + file + "--b--\r\n"), 413, "upload-too-large");
  }

  private static String part(String name, String content, String more) {
    return "--b\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n"
        .formatted(name, more, content);
  }

  private HttpResponse<String> multipart(String body) throws Exception {
    return send(
        HttpRequest.newBuilder(root.resolve("/files"))
            .header("Content-Type", "multipart/form-data; boundary=b")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static String job(String member) {
    return "{\"name\":\"n\",\"dataset\":\"d\",\"model\":{\"type\":\"cnn\"}," + member + "}";
  }

  private HttpResponse<String> post(String body) throws Exception {
    return send(json(body).build());
  }

  private HttpRequest.Builder json(String body) {
    return HttpRequest.newBuilder(root.resolve("/jobs"))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private HttpResponse<String> get(String path, String accept) throws Exception {
    return send(HttpRequest.newBuilder(root.resolve(path)).header("Accept", accept).build());
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static void assertInvalid(HttpResponse<String> response, String field, String message) {
    JsonNode errors = problem(response, 422, "invalid-request").get("errors");
    assertThat(errors.size()).as(response.body()).isEqualTo(1);
    assertThat(Map.of(errors.at("/0/field").asString(), errors.at("/0/message").asString()))
        .containsExactly(Map.entry(field, message));
  }

  private static JsonNode problem(HttpResponse<String> response, int status, String type) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode body = JSON.readTree(response.body());
    assertThat(body.propertyNames())
        .containsExactlyInAnyOrder(
            "type", "title", "status", "detail", "instance", "errors", "traceId");
    assertThat(body.get("status").asInt()).isEqualTo(status);
    assertThat(body.get("type").asString()).isEqualTo("/problems/" + type);
    return body;
  }
}
