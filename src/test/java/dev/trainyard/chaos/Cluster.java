package dev.trainyard.chaos;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.ApiClient;
import dev.trainyard.RunningService;
import dev.trainyard.TemporaryData;
import dev.trainyard.TinyImages;
import dev.trainyard.Trainyard;
import dev.trainyard.database.PostgresqlServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Several processes on one durable PostgreSQL and one data folder: one that answers requests and
 * converts, and the workers that a test starts. The tests of a JVM share it, but not the workers.
 */
final class Cluster {

  /** Steps between two checkpoints. */
  static final int INTERVAL = 25;

  private static final String JOB =
      """
      {"name": "%s", "dataset": "shapes", "model": {"type": "cnn", "units": 32},
       "input": {"height": 32, "width": 32, "augmentation": "none"},
       "training": {"batchSize": 16, "steps": %d, "stepsPerEvaluation": 200,
                    "iterationsPerLoop": 5, "checkpoint": {"steps": %d}}}
      """;

  private static final AtomicInteger NAMES = new AtomicInteger();

  private final PostgresqlServer server = PostgresqlServer.running();
  private final Path data = TemporaryData.folder();
  private final List<RunningService> all = new CopyOnWriteArrayList<>();
  private final RunningService front;

  private static final class Shared {
    private static final Cluster CLUSTER = new Cluster();
  }

  static Cluster shared() {
    return Shared.CLUSTER;
  }

  private Cluster() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    server.address().createDatabase("chaos");
    front = launch(Trainyard.class, "trainyard.worker.slots=0").healthy();
    assertThat(
            api()
                .upload(
                    "/api/v1/datasets",
                    "shapes.zip",
                    TinyImages.zip(30, 1),
                    Map.of("name", "shapes"))
                .status())
        .isEqualTo(202);
    await()
        .atMost(ofSeconds(60))
        .until(() -> get("/api/v1/datasets/shapes").get("state").asString().equals("READY"));
  }

  /** Starts one more, and does not wait for it. */
  RunningService worker(String... properties) {
    return worker(Trainyard.class, properties);
  }

  /**
   * @param main starts the service in its own way
   */
  RunningService worker(Class<?> main, String... properties) {
    String[] more =
        Stream.concat(
                Stream.of(
                    "trainyard.roles=worker",
                    "trainyard.worker.standby-trainers=0",
                    "trainyard.model.standby-predictors=0"),
                Stream.of(properties))
            .toArray(String[]::new);
    return launch(main, more);
  }

  private RunningService launch(Class<?> main, String... properties) {
    List<String> arguments = new ArrayList<>(server.address().service("chaos"));
    arguments.add("trainyard.queue.max-losses=1000000");
    arguments.addAll(List.of(properties));
    try {
      RunningService started = RunningService.launch(main.getName(), data, arguments);
      all.add(started);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits until the worker knows its devices: a job that comes sooner may be given to the process
   * that looks for them.
   */
  void awaitDevices(RunningService worker) {
    String pid = "-" + worker.process().pid() + "-";
    await()
        .atMost(ofSeconds(120))
        .until(
            () ->
                StreamSupport.stream(get("/api/v1/workers").get("items").spliterator(), false)
                    .filter(one -> one.get("id").asString().contains(pid))
                    .anyMatch(one -> one.has("tensorflowVersion")));
    worker.healthy();
  }

  /** So that the next test finds nothing that still wants to run. */
  void cancelAll() {
    String waiting = "/api/v1/jobs?pageSize=500&state=QUEUED,PREPARING,RUNNING";
    for (JsonNode job : get(waiting).get("items")) {
      api().post("/api/v1/jobs/" + job.get("id").asString() + "/cancel", "");
    }
  }

  PostgresqlServer server() {
    return server;
  }

  Path data() {
    return data;
  }

  ApiClient api() {
    return front.api();
  }

  JsonNode get(String path) {
    ApiClient.Answer answer = api().get(path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  /** Its id. The name is that of its model, which no other job has. */
  String submit(int steps) {
    String job = JOB.formatted("chaos-" + NAMES.incrementAndGet(), steps, INTERVAL);
    ApiClient.Answer answer = api().post("/api/v1/jobs", job);
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer.json().get("id").asString();
  }

  JobState job(String id) {
    return new JobState(get("/api/v1/jobs/" + id));
  }

  /** The process among {@code candidates} that has the job. */
  Optional<RunningService> holder(String id, List<RunningService> candidates) {
    String worker = job(id).worker();
    return candidates.stream()
        .filter(candidate -> worker.contains("-" + candidate.process().pid() + "-"))
        .findFirst();
  }

  /** The processes of the worker that work on the job: not those that look for devices. */
  List<ProcessHandle> trainersOf(String id, RunningService worker) {
    return worker.process().descendants().filter(p -> Signals.command(p).contains(id)).toList();
  }

  /** It succeeded, and there is one version of its model. */
  void assertDone(String id) {
    await().atMost(ofSeconds(240)).pollInterval(ofSeconds(1)).until(() -> job(id).hasEnded());
    JobState job = job(id);
    assertThat(job.state()).as(() -> job.json().toPrettyString()).isEqualTo("SUCCEEDED");
    String model = job.json().get("name").asString();
    assertThat(get("/api/v1/models/" + model + "/versions").get("items")).hasSize(1);
    assertThat(job.json().at("/status/model/version").asInt()).isEqualTo(1);
    assertThat(
            job.attempts().stream().filter(a -> a.path("outcome").asString("").equals("SUCCEEDED")))
        .hasSize(1);
  }

  /** The folders of its attempts that are there now. */
  List<String> attemptFolders(String id) {
    try (Stream<Path> inside = Files.list(data.resolve("jobs").resolve(id))) {
      return inside
          .map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("attempt-"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void close() {
    all.forEach(
        service -> {
          service.process().descendants().forEach(ProcessHandle::destroyForcibly);
          service.process().destroyForcibly();
        });
    server.close();
  }
}
