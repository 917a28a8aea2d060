package dev.trainyard.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.ApiClient;
import dev.trainyard.ApiClient.Answer;
import dev.trainyard.TemporaryData;
import dev.trainyard.dataset.DatasetUse;
import dev.trainyard.telemetry.MetricHistory;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * With 100,000 jobs no request reads a table from end to end: PostgreSQL's own counters say how
 * many rows it has fetched. One connection, because each counts for itself.
 */
@Tag("database")
@EnabledIfSystemProperty(named = "trainyard.test.database", matches = "postgresql")
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "trainyard.worker.slots=0",
      "spring.datasource.hikari.maximum-pool-size=1",
      "spring.datasource.hikari.max-lifetime=0"
    })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManyJobsTest {

  private static final int JOBS = 100_000;

  /** A page has 20 rows; a query plan may look at some more before it has chosen them. */
  private static final long FEW = 2_500;

  static final Path data = TemporaryData.folder();

  @Autowired JdbcTemplate jdbc;
  @Autowired Jobs jobs;
  @Autowired DatasetUse use;
  @Autowired MetricHistory history;

  private ApiClient api;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("trainyard.data-dir", data::toString);
  }

  /** As wide as real ones. One in a thousand has failed, one in a hundred waits. */
  @BeforeAll
  void fill(@LocalServerPort int port) {
    api = new ApiClient(port);
    jdbc.execute("set synchronous_commit = on"); // or the vacuum below may come too early
    jdbc.update(
        """
        insert into job (id, name, spec, dataset_id, dataset_name, dataset_version, accelerator,
            state, attempt, crashes, queue_time, rank_time, step, create_time)
        select 'job-' || n, 'name-' || n % 500,
            '{"name": "n", "dataset": "d", "model": {"type": "cnn"}, "training": {"batchSize": 4}}'
                || repeat(' ', 1200),
            case when n % 2 = 0 then 'popular' else 'dataset-' || n % 1000 end, 'd', 1, 'CPU',
            case when n % 1000 = 1 then 'FAILED' when n <= 1000 then 'QUEUED' else 'SUCCEEDED' end,
            1, 0, now(), now() - n * interval '10 seconds', 0, now() - n * interval '10 seconds'
        from generate_series(1, ?) n
        """,
        JOBS);
    jdbc.update(
        """
        insert into metric_point (job_id, name, step, metric_value, time)
        select 'job-' || n, name, step, 0.5, now()
        from generate_series(1, 50) n, unnest(array['loss', 'accuracy']) name,
            generate_series(1, 1000) step
        """);
    jdbc.execute("vacuum analyze job, metric_point");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?pageSize=20",
        "?state=FAILED",
        "?state=QUEUED",
        "?state=CANCELLED",
        "?state=QUEUED,RUNNING",
        "?name=name-17",
        "?name=none",
        "?name=name-1&state=FAILED"
      })
  void a_page_of_jobs_is_found_by_an_index(String query) {
    assertThat(rowsRead("job", () -> page(query))).isLessThan(FEW);
  }

  @Test
  void a_claim_is_found_by_an_index() {
    Set<String> nobody = Set.of("");
    assertThat(rowsRead("job", () -> jobs.candidates(Set.of("CPU"), nobody, nobody, nobody, 32)))
        .isLessThan(FEW);
  }

  @Test
  void a_page_far_down_is_found_as_fast_as_the_first() {
    String old =
        jdbc.queryForObject(
            "select (extract(epoch from create_time) * 1000)::bigint || ':' || id"
                + " from job where id = 'job-90000'",
            String.class);
    String token = java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(old.getBytes());
    assertThat(rowsRead("job", () -> page("?pageToken=" + token))).isLessThan(FEW);
  }

  @Test
  void jobs_are_counted_in_an_index() {
    assertThat(rowsRead("job", jobs::countByState)).isLessThan(FEW);
  }

  @Test
  void whether_a_popular_dataset_is_in_use_is_found_by_an_index() {
    assertThat(rowsRead("job", () -> use.inUse("dataset-999"))).isLessThan(FEW);
    assertThat(rowsRead("job", () -> use.inUse("popular"))).isLessThan(FEW);
  }

  @Test
  void points_of_a_metric_are_found_by_an_index() {
    assertThat(rowsRead("metric_point", () -> history.points("job-30", "loss", 500, 100)))
        .isLessThan(FEW);
  }

  @Test
  void what_reads_a_whole_table_is_noticed_here() {
    assertThat(rowsRead("job", () -> jdbc.queryForList("select id from job where attempt = 7")))
        .isGreaterThan(FEW);
  }

  private Answer page(String query) {
    Answer answer = api.get("/api/v1/jobs" + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer;
  }

  private long rowsRead(String table, Supplier<?> work) {
    long before = rowsRead(table);
    work.get();
    return rowsRead(table) - before;
  }

  private long rowsRead(String table) {
    jdbc.execute("select pg_stat_force_next_flush()");
    jdbc.execute("select pg_stat_clear_snapshot()");
    return jdbc.queryForObject(
        "select seq_tup_read + coalesce(idx_tup_fetch, 0) from pg_stat_user_tables"
            + " where relname = ?",
        Long.class,
        table);
  }
}
