package dev.trainyard.hostile;

import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;

import dev.trainyard.ApiClient;
import dev.trainyard.TinyImages;
import dev.trainyard.fleet.Offer;
import dev.trainyard.job.ClaimedJob;
import dev.trainyard.job.JobQueue;
import dev.trainyard.model.Exports;
import dev.trainyard.model.ModelRegistry;
import dev.trainyard.telemetry.MetricHistory;
import dev.trainyard.trainer.protocol.EvaluationReport;
import dev.trainyard.trainer.protocol.EvaluationReport.ClassScore;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Things that requests can be about; some of them get lost while strangers send theirs. */
record Supplies(
    JobQueue queue,
    ModelRegistry models,
    MetricHistory history,
    JdbcTemplate jdbc,
    TransactionTemplate transaction) {

  private static final String MODEL = "hostile";
  static final String JOB =
      """
      {"name": "hostile", "dataset": "shapes", "model": {"type": "linear"}, "input": {"height": 8, "width": 8},
       "training": {"batchSize": 2, "steps": 4}, "scheduling": {"priority": 100}}
      """;

  /** Sees to it that there is a dataset, a job that runs, one that has ended, and a model. */
  void stock(Stock stock, ApiClient api, Path data) throws IOException {
    send(api, "/api/v1/projects/default", "{}"); // without quotas
    stock.forget("uploads").forEach(upload -> api.delete("/api/v1/uploads/" + upload));
    stock.held("uploads").forEach(upload -> api.delete("/api/v1/uploads/" + upload));
    if (api.get("/api/v1/datasets/shapes").status() == 404) {
      api.upload("/api/v1/datasets", "a.zip", TinyImages.zip(2, 1), Map.of("name", "shapes"));
    }
    await()
        .atMost(ofSeconds(60))
        .until(() -> api.get("/api/v1/datasets/shapes").text().contains("\"READY\""));
    for (String model : List.of(MODEL, "spare")) {
      if (api.get("/api/v1/models/" + model + "/versions/latest").status() == 404) {
        publish(model, data);
      }
    }
    String latest = "/api/v1/models/" + MODEL + "/versions/latest";
    if (api.get(latest).json().get("version").asInt() == 1) {
      publish(MODEL, data);
    }
    for (String alias : List.of("champion", "canary")) {
      String path = "/api/v1/models/" + MODEL + "/aliases/" + alias;
      send(api, path, "{\"version\": \"latest\"}");
      send(api, path, "{\"version\": 1}");
    }
    ClaimedJob running = started(api, data);
    ClaimedJob ended = started(api, data);
    queue.succeeded(ended, 1);
    stock.hold("jobs", running.id(), ended.id());
    send(api, "/api/v1/projects/team", "{}");
    stock.hold("models", MODEL);
    stock.hold(
        "datasets", "shapes", api.get("/api/v1/datasets/shapes").json().get("id").asString());
    stock.hold("uploads", upload(api), upload(api));
    stock.hold("keys", key(api));
  }

  private void publish(String model, Path data) throws IOException {
    String job = UUID.randomUUID().toString();
    Path export = Exports.anExport(data.resolve("jobs"), "a graph");
    models.publish(Exports.aFinishedModel(job, model, export), () -> {});
  }

  private static String upload(ApiClient api) {
    String place = api.with("Upload-Length", "10").post("/api/v1/uploads", "").header("Location");
    return place.replaceFirst(".*/", "");
  }

  private static String key(ApiClient api) {
    String wish = "{\"name\": \"somebody\", \"scope\": \"read\"}";
    return api.post("/api/v1/keys", wish).json().at("/key/id").asString();
  }

  private static void send(ApiClient api, String path, String json) {
    api.send(
        HttpRequest.newBuilder(api.uri(path))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json)));
  }

  /** A job in the hands of a worker that is none. */
  private ClaimedJob started(ApiClient api, Path data) throws IOException {
    api.post("/api/v1/jobs", JOB);
    String worker = "hostile-" + UUID.randomUUID();
    jdbc.update(
        "insert into worker (id, instance, state, slots, accelerators, labels, details, start_time,"
            + " renew_time, lease_time) select ?, 'test', 'ACTIVE', 1, 'CPU', '', details,"
            + " current_timestamp, current_timestamp, current_timestamp + interval '1' hour"
            + " from worker fetch first row only",
        worker);
    Optional<ClaimedJob> claim = queue.claim(worker, new Offer(1, Set.of("CPU"), Set.of(), "{}"));
    ClaimedJob job = claim.orElseThrow();
    queue.started(job, 0, 10);
    transaction.executeWithoutResult(
        status -> {
          for (int step = 1; step <= 4; step++) {
            history.append(job.id(), step, Map.of("loss", 1.0 / step), Instant.EPOCH);
          }
        });
    queue.evaluated(job, 4, report());
    queue.checkpointed(job, 4, 1000);
    Path folder = Files.createDirectories(data.resolve("jobs").resolve(job.id()));
    Path events = Files.createDirectories(folder.resolve("events"));
    Files.writeString(events.resolve("events.out.tfevents.1"), "none");
    Files.writeString(folder.resolve("log.txt"), "[trainer] step 1\n[worker] warning: slow\n");
    return job;
  }

  private static EvaluationReport report() {
    return new EvaluationReport(
        Map.of("loss", 0.5, "accuracy", 0.75),
        6,
        0,
        List.of(
            new ClassScore("bar", 1, 1, 1, 2),
            new ClassScore("disc", 0.5, 0.5, 0.5, 2),
            new ClassScore("ring", 0, 0, 0, 2)),
        List.of(List.of(2L, 0L, 0L), List.of(0L, 1L, 1L), List.of(0L, 2L, 0L)));
  }
}
