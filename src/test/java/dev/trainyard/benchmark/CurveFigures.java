package dev.trainyard.benchmark;

import dev.trainyard.ApiClient;
import dev.trainyard.telemetry.MetricHistory;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How long it takes to show the curves of a job that has reported every one of its steps, and to
 * add one more report to them: what a client sees, in milliseconds.
 */
final class CurveFigures extends ServiceFigures {

  private static final String JOB = "00000000-0000-0000-0000-000000000001";
  private static final String METRICS = "/api/v1/jobs/" + JOB + "/metrics";
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  private final long steps;
  private final int samples;
  private final boolean postgresql;
  private final Random random = new Random(1);

  CurveFigures(Options options) {
    super("curves");
    this.steps = options.number("points", 1_000_000);
    this.samples = options.number("samples", 200);
    this.postgresql = options.text("database", "h2").equals("postgresql");
  }

  @Override
  Map<String, Object> measure(ConfigurableApplicationContext service) {
    ApiClient api =
        new ApiClient(service.getEnvironment().getRequiredProperty("local.server.port", int.class));
    MetricHistory history = service.getBean(MetricHistory.class);
    JdbcTemplate jdbc = service.getBean(JdbcTemplate.class);
    fill(jdbc, history, new TransactionTemplate(service.getBean(PlatformTransactionManager.class)));
    percentiles("warm", samples, () -> read(api, part())); // until Java is
    Map<String, Object> figures = new TreeMap<>();
    figures.putAll(percentiles("all", samples, () -> read(api, METRICS + "?points=500")));
    figures.putAll(percentiles("one", samples, () -> read(api, METRICS + "?names=loss")));
    figures.putAll(percentiles("part", samples, () -> read(api, part())));
    figures.putAll(percentiles("page", samples, () -> read(api, METRICS)));
    figures.putAll(
        percentiles("plot", samples, () -> read(api, "/api/v1/jobs/" + JOB + "/plots/loss.svg")));
    long[] step = {steps};
    figures.putAll(
        percentiles("append", samples, () -> history.append(JOB, ++step[0], values(), TIME)));
    figures.putAll(percentiles("rewind", 1, () -> history.rewind(JOB, steps - 1000)));
    Stopwatch watch = new Stopwatch();
    expect(200, api.get(METRICS + "?format=csv"));
    figures.put("csv_seconds", watch.seconds());
    return figures;
  }

  private String part() {
    long from = random.nextLong(steps - 1000);
    return METRICS
        + "?from="
        + from
        + "&to="
        + (from + 1000 + random.nextLong(steps - from - 1000));
  }

  private static void read(ApiClient api, String path) {
    expect(200, api.get(path));
  }

  private Map<String, Double> values() {
    return Map.of(
        "loss",
        random.nextDouble(),
        "accuracy",
        random.nextDouble(),
        "learningRate",
        0.001,
        "examplesPerSecond",
        600 + 10 * random.nextGaussian());
  }

  /**
   * As if an earlier release had written the points, which is quick; then this one makes up for the
   * rest, report by report, until nothing is left to do.
   */
  private void fill(JdbcTemplate jdbc, MetricHistory history, TransactionTemplate transaction) {
    jdbc.update(
        """
        insert into job (id, name, submitter, spec, dataset_id, dataset_name, dataset_version, accelerator,
            state, attempt, crashes, queue_time, rank_time, step, create_time)
        values (?, 'long', 'anonymous', '{"name": "long", "dataset": "d", "model": {"type": "cnn"}, "training": {"batchSize": 4}}',
            'd', 'd', 1, 'CPU', 'SUCCEEDED', 1, 0, current_timestamp, current_timestamp, ?, current_timestamp)
        """,
        JOB,
        steps);
    for (String name : values().keySet()) {
      jdbc.update(
          "insert into metric_point (job_id, name, step, metric_value, time)"
              + " select cast(? as varchar), cast(? as varchar), 1, 0.5, current_timestamp",
          JOB,
          name);
      for (long there = 1; there < steps; there *= 2) { // by its double each time
        jdbc.update(
            "insert into metric_point (job_id, name, step, metric_value, time)"
                + " select job_id, name, step + ?, 1.0 / (step + ?) + mod(step * 7919, 1000) / 2000.0, time"
                + " from metric_point where job_id = ? and name = ? and step <= ?",
            there,
            there,
            JOB,
            name,
            steps - there);
      }
    }
    Map<String, Double> last = values();
    for (int behind = -1, now = 0; behind != now; ) {
      transaction.executeWithoutResult(
          status -> {
            for (int n = 0; n < 20; n++) {
              history.append(JOB, steps, last, TIME);
            }
          });
      behind = now;
      now = jdbc.queryForObject("select count(*) from metric_span where level = 1", Integer.class);
    }
    if (postgresql) {
      jdbc.execute("vacuum analyze metric_point, metric_span");
    }
  }
}
