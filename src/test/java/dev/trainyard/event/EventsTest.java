package dev.trainyard.event;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.problem.ProblemException;
import dev.trainyard.project.Acting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The table of events, with writers and readers at the same time. */
@Tag("database")
@SpringBootTest(properties = "trainyard.worker.slots=0")
class EventsTest {

  private static final int WRITERS = 4;
  private static final int EACH = 100;

  @Autowired EventLog log;
  @Autowired JdbcTemplate jdbc;
  @Autowired PlatformTransactionManager transactions;
  @Autowired Clock clock;

  private Events events;
  private long before;

  @BeforeEach
  void start() {
    events = new Events(jdbc, transactions);
    before = events.newest();
  }

  @Test
  void what_was_begun_first_and_is_committed_last_is_told_last() throws Exception {
    CompletableFuture<Void> othersAreTold = new CompletableFuture<>();
    CompletableFuture<Void> written = new CompletableFuture<>();
    ExecutorService slow = Executors.newSingleThreadExecutor();
    Future<?> late =
        slow.submit(
            () ->
                in(
                    () -> {
                      append("late");
                      written.complete(null);
                      othersAreTold.orTimeout(20, SECONDS).join();
                    }));
    written.get(20, SECONDS);
    in(() -> append("early"));
    assertThat(jobs(before)).containsExactly("early");
    othersAreTold.complete(null);
    late.get(20, SECONDS);
    slow.shutdown();
    assertThat(jobs(before + 1)).containsExactly("late");
  }

  @Test
  void what_is_rolled_back_was_never_there() {
    new TransactionTemplate(transactions)
        .executeWithoutResult(
            status -> {
              append("taken back");
              status.setRollbackOnly();
            });
    in(() -> append("kept"));
    assertThat(jobs(before)).containsExactly("kept");
    assertThatThrownBy(() -> append("without what it tells of"))
        .isInstanceOf(IllegalTransactionStateException.class);
  }

  @Test
  void all_who_read_while_others_write_find_everything_once_and_in_the_same_order()
      throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<List<Event>>> readers =
        IntStream.range(0, 2).mapToObj(n -> threads.submit(this::readAll)).toList();
    for (int writer = 0; writer < WRITERS; writer++) {
      String name = "writer-" + writer;
      threads.submit(
          () ->
              IntStream.range(0, EACH)
                  .forEach(
                      n ->
                          in(
                              () ->
                                  log.append(
                                      EventType.PROGRESS, Acting.DEFAULT, name, Map.of("n", n)))));
    }
    List<Event> first = readers.get(0).get(60, SECONDS);
    List<Event> second = readers.get(1).get(60, SECONDS);
    threads.shutdown();
    assertThat(second).isEqualTo(first);
    assertThat(first)
        .extracting(Event::place)
        .isEqualTo(LongStream.rangeClosed(before + 1, before + WRITERS * EACH).boxed().toList());
    for (int writer = 0; writer < WRITERS; writer++) {
      String name = "writer-" + writer;
      assertThat(first.stream().filter(event -> name.equals(event.jobId())))
          .extracting(event -> event.data().replaceAll(".*\"n\":(\\d+).*", "$1"))
          .isEqualTo(IntStream.range(0, EACH).mapToObj(Integer::toString).toList());
    }
  }

  /** As a process does that knows of no other. */
  private List<Event> readAll() {
    Events own = new Events(jdbc, transactions);
    List<Event> all = new ArrayList<>();
    long place = before;
    while (all.size() < WRITERS * EACH) {
      long newest = own.newest();
      all.addAll(own.between(place, newest, Integer.MAX_VALUE));
      place = newest;
    }
    return all;
  }

  @Test
  void only_the_newest_and_the_young_are_kept_and_what_is_forgotten_is_known() {
    IntStream.range(0, 10).forEach(n -> in(() -> append("job-" + n)));
    long newest = events.newest();
    events.forget(Instant.EPOCH, 4);
    assertThat(events.forgotten()).isEqualTo(newest - 4);
    assertThat(jobs(0)).containsExactly("job-6", "job-7", "job-8", "job-9");
    events.forget(clock.instant().plus(Duration.ofHours(1)), 1000);
    assertThat(jobs(0)).isEmpty();
    in(() -> append("next"));
    assertThat(events.newest()).isEqualTo(newest + 1);
    assertThat(events.forgotten()).isEqualTo(newest);
  }

  @Test
  void the_document_names_every_type() throws IOException {
    String document = Files.readString(Path.of("src/docs/events.md"));
    assertThat(Arrays.stream(EventType.values()).map(EventType::wireName))
        .allSatisfy(name -> assertThat(document).contains("| `" + name + "` |"));
    assertThat(EventType.of(List.of("progress", "model")))
        .containsExactlyInAnyOrder(EventType.PROGRESS, EventType.MODEL);
    assertThatThrownBy(() -> EventType.of(List.of("end"))).isInstanceOf(ProblemException.class);
  }

  private void append(String job) {
    log.append(EventType.PROGRESS, Acting.DEFAULT, job, Map.of("jobId", job));
  }

  private void in(Runnable work) {
    new TransactionTemplate(transactions).executeWithoutResult(status -> work.run());
  }

  private List<String> jobs(long after) {
    return events.between(after, events.newest(), 1000).stream().map(Event::jobId).toList();
  }
}
