package dev.trainyard.benchmark;

import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;

import dev.trainyard.ApiClient;
import dev.trainyard.TinyImages;
import dev.trainyard.fleet.Membership;
import dev.trainyard.fleet.Offer;
import dev.trainyard.job.JobQueue;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * How long requests and claims take while many jobs wait, one after the other: what a client sees,
 * in milliseconds.
 */
final class QueueFigures extends ServiceFigures {

  private static final String JOB =
      """
      {"name": "waits", "dataset": "shapes", "model": {"type": "cnn"},
       "training": {"batchSize": 4}, "scheduling": {"priority": %d}}
      """;

  private static final Offer OFFER = new Offer(1, Set.of("CPU"), Set.of(), "{}");

  private final int waiting;
  private final int samples;

  QueueFigures(Options options) {
    super("queue");
    this.waiting = options.number("jobs", 10_000);
    this.samples = options.number("samples", 1000);
  }

  @Override
  Map<String, Object> measure(ConfigurableApplicationContext service) {
    ApiClient api =
        new ApiClient(service.getEnvironment().getRequiredProperty("local.server.port", int.class));
    JobQueue queue = service.getBean(JobQueue.class);
    String worker = service.getBean(Membership.class).id();
    upload(api);
    for (int n = 0; n < waiting; n++) {
      post(api);
    }
    Map<String, Object> figures = new TreeMap<>();
    figures.putAll(percentiles("post", samples, () -> post(api)));
    figures.putAll(
        percentiles("list", samples / 2, () -> expect(200, api.get("/api/v1/jobs?state=QUEUED"))));
    figures.putAll(
        percentiles("scrape", samples / 2, () -> expect(200, api.get("/actuator/prometheus"))));
    figures.putAll(
        percentiles("claim", samples / 2, () -> queue.claim(worker, OFFER).orElseThrow()));
    return figures;
  }

  private static void upload(ApiClient api) {
    Map<String, String> fields = Map.of("name", "shapes");
    expect(202, api.upload("/api/v1/datasets", "shapes.zip", TinyImages.zip(4, 1), fields));
    String dataset = "/api/v1/datasets/shapes";
    await()
        .atMost(ofSeconds(60))
        .until(() -> api.get(dataset).json().get("state").asString().equals("READY"));
  }

  private static void post(ApiClient api) {
    int priority = ThreadLocalRandom.current().nextInt(-5, 6);
    expect(202, api.post("/api/v1/jobs", JOB.formatted(priority)));
  }
}
