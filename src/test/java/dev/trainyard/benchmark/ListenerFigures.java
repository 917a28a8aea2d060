package dev.trainyard.benchmark;

import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;

import dev.trainyard.ApiClient;
import dev.trainyard.Crowd;
import dev.trainyard.RunningService;
import dev.trainyard.TinyImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/**
 * What it costs when many listen to everything, some of them without reading: a job is trained with
 * them, and without before and afterwards, by a service that has nothing else to do. The clients
 * are on the same machine.
 */
final class ListenerFigures {

  private static final String JOB =
      """
      {"name": "heard", "dataset": "shapes", "model": {"type": "cnn"},
       "input": {"height": 96, "width": 96},
       "training": {"batchSize": 32, "steps": %d, "stepsPerEvaluation": 100}}
      """;

  private final int listeners;
  private final int slow;
  private final int steps;

  ListenerFigures(Options options) {
    this.listeners = options.number("listeners", 1000);
    this.slow = options.number("slow", 100);
    this.steps = options.number("steps", 400);
  }

  Map<String, Object> measure() throws IOException {
    Path data = Files.createTempDirectory("benchmark");
    RunningService service = RunningService.launch(data, List.of());
    try {
      service.healthy();
      upload(service.api());
      train(service); // so that all is warm
      train(service);
      Trained before = train(service);
      Trained heard;
      double clients;
      try (Crowd crowd = new Crowd(List.of(port(service)), "/api/v1/events", listeners, slow)) {
        await().atMost(ofSeconds(60)).until(() -> listening(service.api()) == listeners);
        Duration own = ownCpu();
        heard = train(service);
        clients = ownCpu().minus(own).toMillis() / 1000.0 / heard.seconds;
        check(crowd);
      }
      Trained after = train(service);
      Trained alone =
          new Trained((before.seconds + after.seconds) / 2, (before.cpu + after.cpu) / 2);
      Map<String, Object> figures = new TreeMap<>();
      figures.put("alone_seconds", alone.seconds);
      figures.put("heard_seconds", heard.seconds);
      figures.put("slower_percent", (heard.seconds / alone.seconds - 1) * 100);
      figures.put("alone_service_cpu_percent_of_a_core", alone.cpu / alone.seconds * 100);
      figures.put("heard_service_cpu_percent_of_a_core", heard.cpu / heard.seconds * 100);
      figures.put("clients_cpu_percent_of_a_core", clients * 100);
      return figures;
    } finally {
      service.killWithChildren();
      FileSystemUtils.deleteRecursively(data);
    }
  }

  /** All have heard the same, and the slow ones hear it too once they read. */
  private void check(Crowd crowd) {
    crowd.wake();
    await()
        .atMost(ofSeconds(60))
        .until(() -> crowd.heard().stream().distinct().count() == 1 && crowd.haveHeard(this::all));
  }

  private boolean all(List<Long> heard) {
    return !heard.isEmpty() && heard.get(heard.size() - 1) - heard.get(0) == heard.size() - 1;
  }

  private Trained train(RunningService service) {
    Duration before = cpu(service);
    ApiClient.Answer posted = service.api().post("/api/v1/jobs", JOB.formatted(steps));
    if (posted.status() != 202) {
      throw new IllegalStateException(posted.text());
    }
    String job = posted.header("Location");
    JsonNode[] status = new JsonNode[1];
    await()
        .atMost(ofSeconds(600))
        .pollInterval(ofSeconds(1))
        .until(
            () -> {
              status[0] = service.api().get(job).json().get("status");
              return status[0].has("endTime");
            });
    if (!status[0].get("state").asString().equals("SUCCEEDED")) {
      throw new IllegalStateException(status[0].toString());
    }
    double seconds = between(status[0].get("startTime"), status[0].get("endTime"));
    return new Trained(seconds, cpu(service).minus(before).toMillis() / 1000.0);
  }

  private static double between(JsonNode start, JsonNode end) {
    return Duration.between(Instant.parse(start.asString()), Instant.parse(end.asString()))
            .toMillis()
        / 1000.0;
  }

  /** Of the service's own process, not of its trainers. */
  private static Duration cpu(RunningService service) {
    return service.process().info().totalCpuDuration().orElseThrow();
  }

  private static Duration ownCpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
  }

  private static int port(RunningService service) {
    return service.api().uri("/").getPort();
  }

  private static int listening(ApiClient api) {
    return api.get("/actuator/prometheus")
        .text()
        .lines()
        .filter(line -> line.startsWith("trainyard_event_listeners "))
        .map(line -> (int) Double.parseDouble(line.split(" ")[1]))
        .findFirst()
        .orElse(0);
  }

  private static void upload(ApiClient api) {
    Map<String, String> fields = Map.of("name", "shapes");
    api.upload("/api/v1/datasets", "shapes.zip", TinyImages.zip(60, 1), fields);
    await()
        .atMost(ofSeconds(60))
        .until(
            () ->
                api.get("/api/v1/datasets/shapes").json().get("state").asString().equals("READY"));
  }

  private record Trained(double seconds, double cpu) {}
}
