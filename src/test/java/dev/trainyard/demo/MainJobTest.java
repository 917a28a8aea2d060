package dev.trainyard.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.demo.client.ApiClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainJobTest {

  private static final String READY =
      """
      {"id": "d1", "name": "flowers", "version": 1, "state": "READY",
       "classes": [{"label": "daisy", "train": 240, "validation": 60}]}
      """;
  private static final String NOT_FOUND = "{\"title\": \"There is no such thing\"}";

  @TempDir Path folder;
  private ScriptedService service;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @BeforeEach
  void start() throws IOException {
    service = new ScriptedService();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void draws_uploads_trains_and_ends_with_what_to_type_next() {
    service
        .on("GET /api/v1/datasets/flowers", 404, NOT_FOUND)
        .on("POST /api/v1/datasets", 202, "{\"id\": \"d1\", \"state\": \"CONVERTING\"}")
        .on("GET /api/v1/datasets/d1", 200, "{\"id\": \"d1\", \"state\": \"CONVERTING\"}")
        .on(
            "GET /api/v1/datasets/d1",
            200,
            """
            {"id": "d1", "state": "CONVERTING", "progress": {"imagesDone": 4, "imagesTotal": 10}}
            """)
        .on("GET /api/v1/datasets/d1", 200, READY)
        .on("POST /api/v1/jobs", 202, "{\"id\": \"j1\", \"status\": {\"state\": \"QUEUED\"}}")
        .on("GET /api/v1/jobs/j1", 200, "{\"status\": {\"state\": \"QUEUED\"}}")
        .on(
            "GET /api/v1/jobs/j1",
            200,
            """
            {"status": {"state": "RUNNING", "phase": "TRAINING", "progress": {"step": 120,
              "totalSteps": 300, "percent": 40.0, "examplesPerSecond": 310.4, "eta": "PT79S"},
              "metrics": {"loss": 0.41, "accuracy": 0.9,
                "evaluation": {"step": 100, "loss": 0.52, "accuracy": 0.81, "examples": 300}}}}
            """)
        .on(
            "GET /api/v1/jobs/j1",
            200,
            """
            {"status": {"state": "SUCCEEDED", "progress": {"step": 300, "totalSteps": 300,
              "percent": 100.0}, "metrics": {"loss": 0.2,
                "evaluation": {"step": 300, "loss": 0.3, "accuracy": 0.96}},
              "model": {"name": "flowers", "version": 3}}}
            """);

    String shown = play();

    String here = service.address().toString();
    assertThat(shown)
        .contains("  converting to TFRecords ...\n  converting to TFRecords 4/10 ...\n")
        .contains("  dataset flowers, version 1: ready\n")
        .contains("    daisy           240 to learn from     60 held out\n")
        .contains("  job " + here + "/api/v1/jobs/j1\n")
        .contains("  queued\n")
        .contains("  evaluated at step 100: loss 0.520, accuracy 81.0 % of 300 held-out images\n")
        .contains(
            "  training      120/300  40 %  loss 0.410  acc 90 %  310 images/s  1:19 min left\n")
        .contains("  evaluated at step 300: loss 0.300, accuracy 96.0 % of the held-out images\n")
        .contains("Model flowers, version 3: 96.0 % of the held-out images right")
        .contains(
            "/token')\" -OJ '" + here + "/api/v1/models/flowers/versions/3/download?format=zip'\n")
        .contains("/token')\" " + here + "/v1/models/flowers:predict -d \"{\\\"instances\\\"")
        .endsWith("The service goes on serving at " + here + "/; Ctrl-C ends it.\n");
    assertThat(folder.resolve("demo/tulips.jpg")).isNotEmptyFile();
    assertThat(shown.lines()).filteredOn(line -> line.startsWith("  training")).hasSize(1);
  }

  @Test
  void the_upload_is_a_form_with_a_name_a_fraction_and_a_zip() {
    service
        .on("GET /api/v1/datasets/flowers", 404, NOT_FOUND)
        .on("POST /api/v1/datasets", 202, "{\"id\": \"d1\"}")
        .on("GET /api/v1/datasets/d1", 200, "{\"id\": \"d1\", \"state\": \"FAILED\"}");

    play();

    assertThat(service.body("POST /api/v1/datasets"))
        .contains("Content-Disposition: form-data; name=\"name\"\r\n\r\nflowers\r\n")
        .contains("Content-Disposition: form-data; name=\"validationFraction\"\r\n\r\n0.2\r\n")
        .containsPattern("name=\"file\"; filename=\"flowers[^\"]*\\.zip\"")
        .contains("\r\n\r\nPK\u0003\u0004")
        .contains("sunflowers/sunflowers-0001.jpg")
        .endsWith("--\r\n");
  }

  @Test
  void a_dataset_that_is_there_is_neither_drawn_nor_uploaded_again() {
    service
        .on("GET /api/v1/datasets/flowers", 200, READY)
        .on("GET /api/v1/datasets/d1", 200, READY)
        .on("POST /api/v1/jobs", 202, "{\"id\": \"j1\"}")
        .on("GET /api/v1/jobs/j1", 200, "{\"status\": {\"state\": \"CANCELLED\"}}");

    String shown = play();

    assertThat(service.requests()).doesNotContain("POST /api/v1/datasets");
    assertThat(shown).contains("already there, nothing to draw");
  }

  @Test
  void a_failed_job_is_told_with_its_message_and_its_log() {
    service
        .on("GET /api/v1/datasets/flowers", 200, READY)
        .on("GET /api/v1/datasets/d1", 200, READY)
        .on("POST /api/v1/jobs", 202, "{\"id\": \"j1\"}")
        .on(
            "GET /api/v1/jobs/j1",
            200,
            "{\"status\": {\"state\": \"FAILED\", \"message\": \"The loss is not finite.\"}}");

    assertThat(play())
        .contains("The demo failed. The job ended as FAILED: The loss is not finite. See its log, ")
        .contains(service.address() + "/api/v1/jobs/j1/log\n")
        .contains("The service goes on serving");
  }

  @Test
  void a_refused_job_is_told_with_every_wrong_field() {
    service
        .on("GET /api/v1/datasets/flowers", 200, READY)
        .on("GET /api/v1/datasets/d1", 200, READY)
        .on(
            "POST /api/v1/jobs",
            422,
            """
            {"title": "The request is not valid", "detail": "One field is wrong.",
             "errors": [{"field": "training.batchSize", "message": "is larger than the dataset"}]}
            """);

    assertThat(play())
        .contains(
            "POST /api/v1/jobs was answered with 422 The request is not valid; One field is wrong.;"
                + " training.batchSize is larger than the dataset\n");
  }

  @Test
  void a_job_that_takes_too_long_is_let_go() {
    service
        .on("GET /api/v1/datasets/flowers", 200, READY)
        .on("GET /api/v1/datasets/d1", 200, READY)
        .on("POST /api/v1/jobs", 202, "{\"id\": \"j1\"}")
        .on("GET /api/v1/jobs/j1", 200, "{\"status\": {\"state\": \"QUEUED\"}}");

    assertThat(play(service.address(), Duration.ofMillis(1)))
        .contains("It took longer than trainyard.demo.timeout, PT0.001S.")
        .contains("look at " + service.address() + "/api/v1/jobs/j1\n");
  }

  @Test
  void a_service_that_does_not_answer_is_told() {
    service.close();

    assertThat(play()).contains("The demo failed. java.net.ConnectException");
  }

  private String play() {
    return play(service.address(), Duration.ofSeconds(20));
  }

  private String play(URI address, Duration timeout) {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    MainJob.Setting setting =
        new MainJob.Setting(
            folder.resolve("demo"),
            folder.resolve("token"),
            2,
            new Waiting(Duration.ofMillis(1), timeout));
    new MainJob(new ApiClient(address, "a-token"), new Screen(out, false), setting).play();
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
