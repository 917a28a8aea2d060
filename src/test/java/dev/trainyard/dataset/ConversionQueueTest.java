package dev.trainyard.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.TemporaryData;
import dev.trainyard.dataset.convert.ConversionFailure;
import dev.trainyard.dataset.convert.ConversionOrder;
import dev.trainyard.dataset.convert.ConversionPhase;
import dev.trainyard.dataset.convert.ConversionProgress;
import dev.trainyard.dataset.convert.Scrutiny;
import dev.trainyard.dataset.listing.LayoutRequest;
import dev.trainyard.project.Acting;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service only answers requests; its workers are the test's. */
@Tag("database")
@SpringBootTest(properties = "trainyard.roles=api")
class ConversionQueueTest {

  static final Path data = TemporaryData.folder();

  @Autowired ConversionQueue queue;
  @Autowired Datasets datasets;
  @Autowired DatasetCatalog catalog;
  @Autowired JdbcTemplate jdbc;

  /** No two datasets are of the same age. */
  private final Iterator<Instant> later =
      Stream.iterate(Instant.parse("2026-01-01T00:00:00Z"), time -> time.plusSeconds(1)).iterator();

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("trainyard.data-dir", data::toString);
  }

  @BeforeEach
  void hire() {
    jdbc.update("delete from dataset");
    jdbc.update("delete from worker");
    hire("first");
    hire("second");
  }

  @Test
  void the_oldest_is_claimed_first_and_by_one_worker() {
    String older = waiting("a");
    String newer = waiting("b");
    assertThat(queue.claim("first", false).orElseThrow().id()).isEqualTo(older);
    assertThat(queue.claim("second", false).orElseThrow().id()).isEqualTo(newer);
    assertThat(queue.claim("second", false)).isEmpty();
  }

  @Test
  void what_a_lost_worker_had_is_converted_by_another_and_its_late_word_does_not_count() {
    String id = waiting("a");
    Dataset lost = queue.claim("first", false).orElseThrow();
    queue.takeBack();
    assertThat(queue.claim("second", false)).as("its worker lives").isEmpty();
    jdbc.update("update worker set state = 'LOST' where id = 'first'");
    queue.takeBack();
    assertThat(queue.end(lost, held -> held.failed(ConversionFailure.DISK_FULL, "", 0)))
        .as("nobody has it")
        .isFalse();
    Dataset taken = queue.claim("second", false).orElseThrow();
    assertThat(queue.end(lost, held -> held.failed(ConversionFailure.DISK_FULL, "", 0))).isFalse();
    assertThat(datasets.findById(id).orElseThrow().state()).isEqualTo(DatasetState.CONVERTING);
    assertThat(queue.end(taken, held -> held.failed(ConversionFailure.NO_USABLE_IMAGES, "", 0)))
        .isTrue();
    assertThat(datasets.findById(id).orElseThrow().state()).isEqualTo(DatasetState.FAILED);
    assertThat(queue.claim("second", false)).isEmpty();
  }

  @Test
  void a_claim_that_its_worker_has_never_heard_of_is_taken_back() {
    Dataset known = datasets.findById(waiting("a")).orElseThrow();
    queue.claim("first", false);
    String unheard = waiting("b");
    queue.claim("first", false);
    queue.releaseAllBut(Set.of(known), "first");
    assertThat(queue.claim("second", false).orElseThrow().id()).isEqualTo(unheard);
    assertThat(queue.claim("second", false)).isEmpty();
  }

  @Test
  void what_is_cancelled_is_taken_from_its_worker_or_never_begun() throws Exception {
    String id = waiting("a");
    Dataset claimed = queue.claim("first", false).orElseThrow();
    assertThat(queue.progress(claimed, new ConversionProgress())).isTrue();
    assertThat(catalog.cancel(id).state()).isEqualTo(DatasetState.CANCELLED);
    assertThat(queue.progress(claimed, new ConversionProgress())).isFalse();
    assertThat(queue.end(claimed, held -> held.failed(ConversionFailure.DISK_FULL, "", 0)))
        .isFalse();
    String waiting = waiting("b");
    catalog.cancel(waiting);
    assertThat(queue.claim("second", false)).isEmpty();
    assertThatThrownBy(() -> catalog.cancel(waiting)).hasMessageContaining("is CANCELLED");
    catalog.delete(waiting);
  }

  @Test
  void how_far_it_is_shows_in_every_process() {
    String id = waiting("a");
    Dataset claimed = queue.claim("first", false).orElseThrow();
    queue.progress(claimed, new ConversionProgress());
    DatasetView.Progress progress = catalog.view(id).progress();
    assertThat(progress).isNotNull();
    assertThat(progress.phase()).isEqualTo(ConversionPhase.LISTING);
    assertThat(progress.eta()).isNull();
  }

  @Test
  void a_worker_without_folders_leaves_theirs_to_others() {
    String upload = waiting("a", DatasetSource.FILE);
    String folder = waiting("b", DatasetSource.ofFolder("/srv/images"));
    assertThat(queue.claim("first", false).orElseThrow().id()).isEqualTo(upload);
    assertThat(queue.claim("first", false)).isEmpty();
    assertThat(queue.claim("second", true).orElseThrow().id()).isEqualTo(folder);
  }

  @Test
  void a_version_that_is_being_added_to_is_not_deleted() {
    String base = waiting("a");
    Dataset claimed = queue.claim("first", false).orElseThrow();
    queue.end(claimed, held -> held.failed(ConversionFailure.DISK_FULL, "", 0));
    DatasetSource added = new DatasetSource(null, null, base, 1);
    waiting("b", added);
    assertThatThrownBy(() -> catalog.delete(base)).hasMessageContaining("is being made of it");
  }

  @Test
  void what_cannot_be_shown_is_not_recorded() {
    String id = waiting("a");
    Dataset claimed = queue.claim("first", false).orElseThrow();
    assertThatThrownBy(
            () ->
                queue.end(
                    claimed,
                    held -> {
                      held.failed(ConversionFailure.DISK_FULL, "", 0);
                      throw new IllegalStateException("the disk is full");
                    }))
        .hasMessage("the disk is full");
    assertThat(datasets.findById(id).orElseThrow().state()).isEqualTo(DatasetState.CONVERTING);
    queue.release(claimed);
    assertThat(queue.claim("second", false).orElseThrow().id()).isEqualTo(id);
  }

  private void hire(String worker) {
    jdbc.update(
        "insert into worker (id, instance, state, slots, accelerators, labels, details, start_time,"
            + " renew_time, lease_time) values (?, 'test', 'ACTIVE', 1, 'CPU', '', '{}',"
            + " current_timestamp, current_timestamp, current_timestamp + interval '1' hour)",
        worker);
  }

  private String waiting(String name) {
    return waiting(name, DatasetSource.FILE);
  }

  private String waiting(String name, DatasetSource source) {
    ConversionOrder order =
        new ConversionOrder(new LayoutRequest(null, null, null), 0.1, 1, 10, Scrutiny.USUAL);
    return datasets
        .save(
            new Dataset(
                UUID.randomUUID().toString(), Acting.DEFAULT, name, 1, order, source, later.next()))
        .id();
  }
}
