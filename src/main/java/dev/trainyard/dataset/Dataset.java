package dev.trainyard.dataset;

import dev.trainyard.dataset.convert.ConversionFailure;
import dev.trainyard.dataset.convert.ConversionOrder;
import dev.trainyard.dataset.convert.Manifest;
import dev.trainyard.dataset.convert.Scrutiny;
import dev.trainyard.dataset.image.ScanLevel;
import dev.trainyard.dataset.listing.LayoutRequest;
import dev.trainyard.dataset.report.DuplicatePolicy;
import dev.trainyard.storage.Storage;
import dev.trainyard.telemetry.trace.Traceparent;
import dev.trainyard.upload.Uploads;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** One version of a named dataset, from its upload on. */
@Entity
@EntityListeners(DatasetChanges.class)
class Dataset {

  private static final int MESSAGE_LENGTH = 4000;

  @Id private String id;
  @Version private @Nullable Long revision;
  @TenantId private String project;
  private String name;
  private int version;

  @Enumerated(EnumType.STRING)
  private DatasetState state;

  @Enumerated(EnumType.STRING)
  private @Nullable ConversionFailure reason;

  private @Nullable String message;
  private double validationFraction;
  private long seed;
  private @Nullable String trainCsv;
  private @Nullable String validationCsv;
  private @Nullable String labelsFile;
  private int maxBadRecords;

  @Enumerated(EnumType.STRING)
  private ScanLevel scan;

  @Enumerated(EnumType.STRING)
  private DuplicatePolicy duplicates;

  private long trainExamples;
  private long validationExamples;
  private long quarantined;
  private long sizeBytes;
  private @Nullable String sha256;
  private @Nullable String worker;
  private int attempt;
  @Embedded private @Nullable DatasetSource source;
  @Embedded private DatasetProgress progress = new DatasetProgress();
  private @Nullable String traceparent;
  private Instant createTime;
  private @Nullable Instant readyTime;

  @NullUnmarked
  protected Dataset() {
    // Hibernate's
  }

  Dataset(
      String id,
      String project,
      String name,
      int version,
      ConversionOrder order,
      DatasetSource source,
      Instant now) {
    this.id = id;
    this.project = project;
    this.name = name;
    this.version = version;
    this.state = DatasetState.CONVERTING;
    this.validationFraction = order.validationFraction();
    this.seed = order.seed();
    this.trainCsv = order.layout().trainCsv();
    this.validationCsv = order.layout().validationCsv();
    this.labelsFile = order.layout().labelsFile();
    this.maxBadRecords = order.maxBadRecords();
    this.source = source;
    this.scan = order.scrutiny().scan();
    this.duplicates = order.scrutiny().duplicates();
    this.traceparent = Traceparent.current().value();
    this.createTime = now;
  }

  String id() {
    return id;
  }

  String project() {
    return project;
  }

  String name() {
    return name;
  }

  int version() {
    return version;
  }

  DatasetState state() {
    return state;
  }

  Instant createTime() {
    return createTime;
  }

  /** The attempt's number fences what is written from now on. */
  void claim(String byWorker) {
    worker = byWorker;
    attempt++;
    progress = new DatasetProgress();
  }

  void release() {
    worker = null;
  }

  int attempt() {
    return attempt;
  }

  /** Of the request that made it; null when an earlier release took it. */
  @Nullable Traceparent trace() {
    return traceparent == null ? null : new Traceparent(traceparent);
  }

  /** Whether the worker that was given {@code claimed} still has it. */
  boolean isHeldAs(Dataset claimed) {
    return state == DatasetState.CONVERTING && worker != null && attempt == claimed.attempt;
  }

  /** What its upload asked for. */
  ConversionOrder order() {
    return new ConversionOrder(
        new LayoutRequest(trainCsv, validationCsv, labelsFile),
        validationFraction,
        seed,
        maxBadRecords,
        new Scrutiny(scan, duplicates));
  }

  /** Where what it is made of is, until it is converted. */
  Path origin(Storage storage) {
    DatasetSource from = source();
    if (from.folder() != null) {
      return Path.of(from.folder());
    }
    return from.upload() != null
        ? Uploads.place(storage, from.upload())
        : UploadedFiles.place(storage, id);
  }

  /** Never null: Hibernate makes nothing of columns that are all null. */
  DatasetSource source() {
    return source == null ? DatasetSource.FILE : source;
  }

  /** Where its shards are. */
  Path folder(Storage storage) {
    return folder(storage, id);
  }

  static Path folder(Storage storage, String id) {
    return storage.of("datasets", id);
  }

  void ready(Manifest manifest, Instant now) {
    end(DatasetState.READY);
    this.validationFraction = manifest.validationFraction();
    this.trainExamples = manifest.trainExamples();
    this.validationExamples = manifest.validationExamples();
    this.quarantined = manifest.quarantined();
    this.sizeBytes = manifest.sizeBytes();
    this.sha256 = manifest.sha256();
    this.readyTime = now;
  }

  void failed(ConversionFailure failure, String why, long badRecords) {
    end(DatasetState.FAILED);
    this.reason = failure;
    String storable = why.replace('\0', '\uFFFD'); // PostgreSQL's text has no NUL
    this.message = storable.substring(0, Math.min(why.length(), MESSAGE_LENGTH));
    this.quarantined = badRecords;
  }

  void cancelled() {
    end(DatasetState.CANCELLED);
  }

  private void end(DatasetState end) {
    if (state != DatasetState.CONVERTING) {
      throw new IllegalStateException("Dataset " + id + " is " + state + " already");
    }
    this.state = end;
    this.worker = null;
  }

  DatasetEvent event() {
    boolean converted = state == DatasetState.CONVERTING && worker != null;
    return new DatasetEvent(
        id, name, version, state, reason, message, converted ? progress.view() : null);
  }

  /**
   * @param manifest null before there is one
   */
  DatasetView view(@Nullable Manifest manifest) {
    boolean converted = state == DatasetState.CONVERTING && worker != null;
    DatasetSource from = source();
    Traceparent trace = trace();
    return new DatasetView(
        id,
        name,
        project,
        version,
        trace == null ? null : trace.traceId(),
        state,
        reason,
        message,
        converted ? progress.view() : null,
        from.folder() == null ? null : new DatasetView.Folder("folder", from.folder()),
        from.base() == null || from.baseVersion() == null
            ? null
            : new DatasetView.Base(from.base(), from.baseVersion()),
        manifest == null ? List.of() : manifest.classes(),
        manifest == null ? null : manifest.report(),
        trainExamples,
        validationExamples,
        quarantined,
        sizeBytes,
        sha256,
        validationFraction,
        seed,
        createTime,
        readyTime);
  }
}
