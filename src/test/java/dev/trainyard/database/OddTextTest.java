package dev.trainyard.database;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.ApiClient;
import dev.trainyard.ApiClient.Answer;
import dev.trainyard.TemporaryData;
import dev.trainyard.TinyImages;
import dev.trainyard.dataset.archive.TestZips;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/**
 * Text that one database takes and the other does not, a NUL above all, is the request's fault or
 * none, and never the service's.
 */
@Tag("database")
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "trainyard.worker.slots=0")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OddTextTest {

  static final Path data = TemporaryData.folder();

  private ApiClient api;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("trainyard.data-dir", data::toString);
  }

  @BeforeAll
  void connect(@LocalServerPort int port) {
    api = new ApiClient(port);
    api.upload("/api/v1/datasets", "s.zip", TinyImages.zip(10, 1), Map.of("name", "shapes"));
    await()
        .atMost(ofSeconds(60))
        .until(() -> dataset("shapes").get("state").asString().equals("READY"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/jobs?name=%00",
        "/api/v1/jobs?name=%F0%9F%8C%B9",
        "/api/v1/jobs?name=%ED%A0%80",
        "/api/v1/datasets?name=%00",
        "/api/v1/jobs/%00",
        "/api/v1/jobs/x%00y/metrics?name=%00",
        "/api/v1/jobs/x/evaluations?pageToken=%00",
        "/api/v1/datasets/%00",
        "/api/v1/datasets/%F0%9F%8C%B9",
        "/api/v1/models/%00",
        "/api/v1/models?pageToken=%00",
        "/v1/models/%00",
      })
  void a_request_with_odd_text_is_answered(String path) {
    Answer answer = api.get(path);
    assertThat(answer.status()).as(answer.text()).isLessThan(500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'dataset': '\\u0000'",
        "'dataset': '\\ud800'",
        "'dataset': 'shapes', 'name': '\\u0000'",
        "'dataset': 'shapes', 'register': {'model': '\\u0000'}",
      })
  void a_job_with_odd_text_is_refused_for_it(String fields) {
    Answer answer =
        api.post(
            "/api/v1/jobs",
            "{%s, 'model': {'type': 'cnn'}, 'training': {'batchSize': 4}}"
                .formatted(fields.contains("name") ? fields : "'name': 'j', " + fields)
                .replace('\'', '"'));
    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "\\ud800"})
  void a_warm_start_from_odd_text_is_refused_for_it(String text) {
    for (String field : new String[] {"model", "job"}) {
      Answer answer =
          api.post(
              "/api/v1/jobs",
              """
              {"name": "j", "dataset": "shapes", "model": {"type": "cnn"},
               "training": {"batchSize": 4, "warmStartFrom": {"%s": "%s"}}}
              """
                  .formatted(field, text));
      assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    }
  }

  @Test
  void an_upload_that_names_a_file_with_a_nul_fails_and_says_so() throws Exception {
    Answer answer =
        api.upload(
            "/api/v1/datasets",
            "x.tar.gz",
            new TestZips().with("a/b.jpg", TinyImages.jpeg(0, 0)).tarGz(),
            Map.of("name", "nul", "trainCsv", "train\0.csv"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("trainCsv");
  }

  @Test
  void an_archive_with_odd_names_ends_with_a_message_that_can_be_stored() throws Exception {
    String rows = "a.jpg,rose\nb.jpg,🌹\nmissing\0.jpg,rose\n";
    TestZips zip =
        new TestZips()
            .with("rows.csv", rows.getBytes(StandardCharsets.UTF_8))
            .with("a.jpg", TinyImages.jpeg(0, 0))
            .with("b.jpg", TinyImages.jpeg(1, 0));
    Answer answer =
        api.upload(
            "/api/v1/datasets",
            "odd.zip",
            zip.zip(),
            Map.of("name", "odd", "maxBadRecords", "0", "validationFraction", "0"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    await()
        .atMost(ofSeconds(20))
        .until(() -> !dataset("odd").get("state").asString().equals("CONVERTING"));
    assertThat(dataset("odd").get("message").asString()).contains("missing");
  }

  private JsonNode dataset(String name) {
    return api.get("/api/v1/datasets/" + name).json();
  }
}
