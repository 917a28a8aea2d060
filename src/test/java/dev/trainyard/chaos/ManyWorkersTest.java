package dev.trainyard.chaos;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Many workers, in two processes, empty one queue of jobs that train nothing: the queue alone is at
 * work.
 */
@Tag("chaos")
class ManyWorkersTest {

  private static final int WORKERS = Rounds.of("many-workers", 2, 10);
  private static final int JOBS = Rounds.of("many-jobs", 100, 10_000);
  private static final int PROCESSES = 2;
  private static final int SUBMITTERS = 4;
  private static final Duration LIMIT = ofSeconds(120);

  private static final String JOB =
      """
      {"name": "idle", "dataset": "shapes", "model": {"type": "cnn"},
       "training": {"batchSize": 4}, "scheduling": {"labels": ["idle"]}}
      """;

  private final Cluster cluster = Cluster.shared();
  private final List<RunningService> processes = new ArrayList<>();

  @TempDir Path notes;

  @BeforeEach
  void start() {
    for (int n = 0; n < PROCESSES; n++) {
      processes.add(
          cluster.worker(
              TrainsNothing.class,
              TrainsNothing.NOTES + "=" + notes,
              TrainsNothing.WORKERS + "=" + WORKERS / PROCESSES,
              "trainyard.worker.labels=idle",
              "spring.datasource.hikari.maximum-pool-size=4"));
    }
    await().atMost(ofSeconds(120)).until(() -> idleWorkers() == WORKERS);
  }

  private long idleWorkers() {
    return StreamSupport.stream(cluster.get("/api/v1/workers").get("items").spliterator(), false)
        .filter(worker -> worker.get("state").asString().equals("ACTIVE"))
        .filter(worker -> worker.get("labels").toString().contains("\"idle\""))
        .count();
  }

  @AfterEach
  void end() {
    processes.forEach(RunningService::killWithChildren);
  }

  @Test
  void every_job_runs_once() throws Exception {
    long begin = System.nanoTime();
    submit();
    await()
        .atMost(ofSeconds(600))
        .pollInterval(ofSeconds(1))
        .until(
            () -> cluster.get(page("&state=QUEUED,PREPARING,RUNNING", 1)).get("items").isEmpty());
    Duration taken = Duration.ofNanos(System.nanoTime() - begin);
    List<String> runs = runs();
    assertThat(runs).doesNotHaveDuplicates().hasSize(JOBS);
    assertThat(endedAtOnce()).isEqualTo(JOBS);
    Rounds.measured(
        "many-workers",
        "%d workers, %d jobs: %d runs, none twice, %d ms from the first POST to the last end",
        WORKERS,
        JOBS,
        runs.size(),
        taken.toMillis());
    assertThat(taken).isLessThan(LIMIT);
  }

  private void submit() throws Exception {
    ExecutorService submitters = Executors.newFixedThreadPool(SUBMITTERS);
    try {
      Callable<Integer> post = () -> cluster.api().post("/api/v1/jobs", JOB).status();
      List<Callable<Integer>> posts = Stream.generate(() -> post).limit(JOBS).toList();
      for (Future<Integer> status : submitters.invokeAll(posts)) {
        assertThat(status.get()).isEqualTo(202);
      }
    } finally {
      submitters.shutdownNow();
    }
  }

  /** The plans that were run. */
  private List<String> runs() throws IOException {
    List<String> runs = new ArrayList<>();
    try (Stream<Path> files = Files.list(notes)) {
      for (Path file : files.toList()) {
        runs.addAll(Files.readAllLines(file));
      }
    }
    return runs;
  }

  /** How many jobs have failed as they should, in their first attempt. */
  private int endedAtOnce() {
    int ended = 0;
    String token = "";
    do {
      JsonNode page = cluster.get(page("&state=FAILED" + token, 500));
      for (JsonNode item : page.get("items")) {
        JobState job = new JobState(item);
        assertThat(job.attempt()).isEqualTo(1);
        assertThat(item.at("/status/reason").asString()).isEqualTo("SPEC_ERROR");
        ended++;
      }
      token =
          page.hasNonNull("nextPageToken")
              ? "&pageToken=" + page.get("nextPageToken").asString()
              : "";
    } while (!token.isEmpty());
    return ended;
  }

  private static String page(String filter, int size) {
    return "/api/v1/jobs?name=idle&pageSize=" + size + filter;
  }
}
