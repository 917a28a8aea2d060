package dev.trainyard.project;

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
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** Two teams on one service, who see nothing of each other, and what each may use. */
@Tag("database")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ProjectApiTest {

  private static final Path data = TemporaryData.folder();
  private static final String JOB =
      """
      {"name": "a-job", "dataset": "shapes", "model": {"type": "linear"},
       "input": {"height": 32, "width": 32}, "training": {"batchSize": 8, "steps": 4},
       "register": {"model": "%s"}}
      """;

  private ApiClient admin;
  private ApiClient red;
  private ApiClient blue;
  private String dataset;
  private String job;
  private String upload;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("trainyard.data-dir", data::toString);
    registry.add("trainyard.worker.poll-interval", () -> "100ms");
  }

  /** Everything that there can be, in the red project. */
  @BeforeAll
  void start(@LocalServerPort int port) {
    admin = new ApiClient(port);
    for (String name : List.of("red", "blue", "small", "green")) {
      assertThat(put(name, "{\"quotas\": {}}").status()).isEqualTo(201);
    }
    red = holder("red", "\"red\"");
    blue = holder("blue", "\"blue\"");
    dataset = dataset(red).get("id").asString();
    Answer submitted = red.post("/api/v1/jobs", JOB.formatted("shapes-red"));
    assertThat(submitted.status()).as(submitted.text()).isEqualTo(202);
    assertThat(submitted.json().get("project").asString()).isEqualTo("red");
    job = submitted.json().get("id").asString();
    await()
        .atMost(ofSeconds(120))
        .until(
            () ->
                red.get("/api/v1/jobs/" + job)
                    .json()
                    .at("/status/state")
                    .asString()
                    .equals("SUCCEEDED"));
    upload = red.send(announce(red, 10)).header("Location");
    assertThat(
            red.send(
                    HttpRequest.newBuilder(red.uri("/api/v1/models/shapes-red/aliases/champion"))
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString("{\"version\": 1}")))
                .status())
        .isEqualTo(200);
  }

  @Test
  void what_is_anothers_is_not_found_by_whatever_path() {
    String model = "/api/v1/models/shapes-red";
    List<String> paths =
        List.of(
            "/api/v1/datasets/" + dataset,
            "/api/v1/datasets/shapes",
            "/api/v1/datasets/" + dataset + "/report",
            "/api/v1/datasets/" + dataset + "/duplicates",
            "/api/v1/datasets/" + dataset + "/contact-sheet",
            "/api/v1/datasets/" + dataset + "/quarantine",
            "/api/v1/jobs/" + job,
            "/api/v1/jobs/" + job + "/log",
            "/api/v1/jobs/" + job + "/metrics",
            "/api/v1/jobs/" + job + "/evaluations",
            "/api/v1/jobs/" + job + "/events",
            "/api/v1/jobs/" + job + "/tensorboard",
            "/api/v1/jobs/" + job + "/plots/loss.svg",
            "/api/v1/plots/loss.svg?jobs=" + job,
            model,
            model + "/versions",
            model + "/versions/1",
            model + "/versions/latest",
            model + "/versions/champion",
            model + "/versions/1/manifest",
            model + "/versions/1/card",
            model + "/versions/1/download",
            model + "/versions/1/files/saved_model.pb",
            model + "/aliases",
            model + "/aliases/champion",
            model + "/aliases/champion/moves",
            "/v1/models/shapes-red",
            "/v1/models/shapes-red/versions/1",
            "/v1/models/shapes-red/metadata",
            "/v2/models/shapes-red",
            "/v2/models/shapes-red/ready",
            "/v2/models/shapes-red/versions/1",
            upload);
    for (String path : paths) {
      assertThat(red.get(path).status()).as("own: " + path).isEqualTo(200);
      assertThat(blue.get(path).status()).as("another's: " + path).isEqualTo(404);
    }
  }

  @Test
  void nor_can_it_be_changed_or_asked() {
    String model = "/api/v1/models/shapes-red";
    for (String path :
        List.of(
            "/api/v1/jobs/" + job + "/cancel",
            "/api/v1/jobs/" + job + "/retry",
            "/api/v1/datasets/" + dataset + "/cancel",
            model + "/versions/1/verify",
            model + "/aliases/champion/rollback")) {
      Answer answer = blue.post(path, "");
      assertThat(answer.status()).as(path + answer.text()).isEqualTo(404);
    }
    for (String path :
        List.of(
            "/api/v1/jobs/" + job,
            "/api/v1/datasets/" + dataset,
            model,
            model + "/versions/1",
            model + "/aliases/champion",
            upload)) {
      assertThat(blue.delete(path).status()).as(path).isEqualTo(404);
    }
    Answer predicted =
        blue.post(
            "/v1/models/shapes-red:predict",
            "{\"instances\": [{\"image_bytes\": {\"b64\": \"\"}}]}");
    assertThat(predicted.status()).as(predicted.text()).isEqualTo(404);
    assertThat(blue.post("/api/v1/jobs", JOB.formatted("shapes-blue")).status()).isEqualTo(422);
    assertThat(
            blue.post(
                    "/api/v1/datasets",
                    "{\"name\": \"mine\", \"source\": {\"type\": \"upload\", \"id\": \""
                        + upload.replaceAll(".*/", "")
                        + "\"}}")
                .status())
        .isIn(404, 422);
    assertThat(red.get("/api/v1/jobs/" + job).status()).isEqualTo(200);
  }

  @Test
  void lists_are_of_one_project_unless_somebody_of_all_asks_for_all() {
    assertThat(ids(red, "/api/v1/jobs")).contains(job);
    assertThat(ids(blue, "/api/v1/jobs")).isEmpty();
    assertThat(ids(red, "/api/v1/datasets")).contains(dataset);
    assertThat(ids(blue, "/api/v1/datasets")).isEmpty();
    assertThat(blue.get("/api/v1/models").json().get("items")).isEmpty();
    assertThat(blue.get("/api/v1/serving/models.config").text()).doesNotContain("shapes-red");
    assertThat(red.get("/api/v1/serving/models.config").text()).contains("shapes-red");
    assertThat(ids(admin, "/api/v1/jobs")).isEmpty();
    assertThat(ids(admin, "/api/v1/jobs?project=red")).contains(job);
    assertThat(ids(admin.with("X-Trainyard-Project", "*"), "/api/v1/jobs")).contains(job);
    for (String other : List.of("blue", "*", "none")) {
      assertThat(red.with("X-Trainyard-Project", other).get("/api/v1/jobs").status())
          .as(other)
          .isEqualTo(404);
    }
    Answer unknown = admin.with("X-Trainyard-Project", "none").get("/api/v1/jobs");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.text()).contains("There is no project 'none'.");
    assertThat(admin.with("X-Trainyard-Project", "none").get("/api/v1/projects").status())
        .as("where it could be made")
        .isEqualTo(200);
    assertThat(red.with("X-Trainyard-Project", "../x").get("/api/v1/jobs").status()).isEqualTo(422);
    ApiClient both = holder("both", "\"red\", \"blue\"");
    assertThat(both.get("/api/v1/jobs").text()).contains("must be one of blue, red");
    assertThat(ids(both.with("X-Trainyard-Project", "red"), "/api/v1/jobs")).contains(job);
  }

  @Test
  void a_name_of_a_dataset_is_each_projects_own_and_that_of_a_model_the_first_ones() {
    assertThat(dataset(holder("green", "\"green\"")).get("version").asInt()).isEqualTo(1);
    Answer taken = blue.post("/api/v1/jobs", JOB.formatted("shapes-red"));
    assertThat(taken.status()).isEqualTo(422);
    assertThat(taken.json().at("/errors/0/field").asString()).isEqualTo("register.model");
    assertThat(taken.json().at("/errors/0/message").asString()).contains("another project");
  }

  @Test
  void a_quota_refuses_with_its_figures_and_room_is_made_by_deleting() {
    ApiClient small = holder("small", "\"small\"");
    assertThat(put("small", "{\"quotas\": {\"bytes\": 100}}").status()).isEqualTo(200);
    Answer first = small.send(announce(small, 60));
    assertThat(first.status()).isEqualTo(201);
    Answer second = small.send(announce(small, 60));
    assertThat(second.status()).isEqualTo(429);
    assertThat(second.json().get("type").asString()).isEqualTo("/problems/quota-exceeded");
    assertThat(second.json().at("/errors/0/field").asString()).isEqualTo("quotas.bytes");
    assertThat(second.json().at("/errors/0/message").asString())
        .isEqualTo("limit 100, used 60, asked 60");
    assertThat(
            small
                .upload("/api/v1/datasets", "s.zip", TinyImages.zip(9, 1), Map.of("name", "s"))
                .status())
        .isEqualTo(429);
    assertThat(admin.get("/api/v1/projects/small").json().at("/used/bytes").asLong()).isEqualTo(60);
    assertThat(small.delete(first.header("Location")).status()).isEqualTo(204);
    assertThat(small.send(announce(small, 60)).status()).isEqualTo(201);
  }

  @Test
  void jobs_beyond_the_quota_are_refused_and_those_beyond_the_running_ones_wait() {
    assertThat(put("red", "{\"quotas\": {\"jobs\": 1, \"runningJobs\": 0}}").status())
        .isEqualTo(200);
    Answer waits = red.post("/api/v1/jobs", JOB.formatted("shapes-red"));
    assertThat(waits.status()).as(waits.text()).isEqualTo(202);
    String id = waits.json().get("id").asString();
    Answer refused = red.post("/api/v1/jobs", JOB.formatted("shapes-red"));
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.json().at("/errors/0/message").asString())
        .isEqualTo("limit 1, used 1, asked 1");
    assertThat(red.get("/api/v1/jobs/" + id).json().at("/status/waiting/reason").asString())
        .isEqualTo("PROJECT_QUOTA");
    assertThat(put("red", "{\"quotas\": {\"trainingSeconds\": 0}}").status()).isEqualTo(200);
    assertThat(
            red.post("/api/v1/jobs", JOB.formatted("shapes-red"))
                .json()
                .at("/errors/0/field")
                .asString())
        .isEqualTo("quotas.trainingSeconds");
    assertThat(red.post("/api/v1/jobs/" + id + "/cancel", "").status()).isEqualTo(202);
    assertThat(admin.get("/api/v1/projects/red").json().at("/used/trainingSeconds").asLong())
        .isPositive();
    assertThat(put("red", "{\"quotas\": {}}").status()).isEqualTo(200);
  }

  @Test
  void a_project_goes_when_nothing_belongs_to_it() {
    assertThat(put("empty", "{}").status()).isEqualTo(201);
    assertThat(admin.delete("/api/v1/projects/empty").status()).isEqualTo(204);
    assertThat(admin.delete("/api/v1/projects/empty").status()).isEqualTo(404);
    assertThat(admin.delete("/api/v1/projects/red").status()).isEqualTo(409);
    assertThat(admin.delete("/api/v1/projects/default").status()).isEqualTo(409);
    assertThat(put("Red!", "{}").status()).isEqualTo(422);
    assertThat(put("red", "{\"quotas\": {\"bytes\": -1}}").status()).isEqualTo(422);
  }

  private Answer put(String project, String wish) {
    return admin.send(
        HttpRequest.newBuilder(admin.uri("/api/v1/projects/" + project.replace("!", "%21")))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(wish)));
  }

  private ApiClient holder(String name, String projects) {
    String wish =
        "{\"name\": \"%s\", \"scope\": \"operate\", \"projects\": [%s]}".formatted(name, projects);
    return admin.withToken(admin.post("/api/v1/keys", wish).json().get("secret").asString());
  }

  private static JsonNode dataset(ApiClient api) {
    Answer sent =
        api.upload(
            "/api/v1/datasets", "shapes.zip", TinyImages.zip(20, 1), Map.of("name", "shapes"));
    assertThat(sent.status()).as(sent.text()).isEqualTo(202);
    String path = "/api/v1/datasets/" + sent.json().get("id").asString();
    await()
        .atMost(ofSeconds(60))
        .until(() -> api.get(path).json().get("state").asString().equals("READY"));
    return api.get(path).json();
  }

  private static HttpRequest.Builder announce(ApiClient api, int bytes) {
    return HttpRequest.newBuilder(api.uri("/api/v1/uploads"))
        .header("Tus-Resumable", "1.0.0")
        .header("Upload-Length", Integer.toString(bytes))
        .POST(BodyPublishers.noBody());
  }

  private static List<String> ids(ApiClient api, String path) {
    return StreamSupport.stream(api.get(path).json().get("items").spliterator(), false)
        .map(item -> item.get("id").asString())
        .toList();
  }
}
