package dev.trainyard.upload;

import dev.trainyard.idempotency.Idempotency;
import dev.trainyard.idempotency.IdempotentRequest;
import dev.trainyard.idempotency.Once;
import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.project.Acting;
import dev.trainyard.project.ProjectUse;
import dev.trainyard.project.Projects;
import dev.trainyard.project.Quota;
import dev.trainyard.retention.RetentionProperties;
import dev.trainyard.storage.DiskSpace;
import dev.trainyard.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Uploads that are received in pieces, until somebody takes them. */
@Component
public class Uploads implements ProjectUse {

  static final String FOLDER = "incoming";

  private static final long MEGABYTE = 1 << 20;

  private final UploadRows rows;
  private final Idempotency idempotency;
  private final UploadProperties properties;
  private final RetentionProperties retention;
  private final Storage storage;
  private final DiskSpace disk;
  private final Projects projects;

  Uploads(
      UploadRows rows,
      Idempotency idempotency,
      UploadProperties properties,
      RetentionProperties retention,
      Storage storage,
      DiskSpace disk,
      Projects projects) {
    this.rows = rows;
    this.idempotency = idempotency;
    this.properties = properties;
    this.retention = retention;
    this.storage = storage;
    this.disk = disk;
    this.projects = projects;
  }

  /** Where an upload's bytes are, also after it was taken. */
  public static Path place(Storage storage, String id) {
    return storage.of(FOLDER, id);
  }

  /**
   * Promises room for so many bytes.
   *
   * @throws ProblemException INVALID_REQUEST; UPLOAD_TOO_LARGE; TOO_MANY_UPLOADS; DISK_FULL
   */
  public Once<UploadView> create(
      IdempotentRequest request, long length, @Nullable String metadata) {
    UploadMetadata.require(metadata);
    return idempotency.once(
        request,
        Arrays.asList(length, metadata).toString(),
        () -> {
          requireRoom(length);
          String id = UUID.randomUUID().toString();
          projects.require(Acting.project(), length, Quota.BYTES);
          rows.insert(id, Acting.project(), length, metadata);
          return view(id);
        },
        UploadView::id,
        this::view);
  }

  @Override
  public long used(String project, Quota quota) {
    return quota == Quota.BYTES ? rows.bytes(project) : 0;
  }

  private void requireRoom(long length) {
    if (length < 0) {
      throw new ProblemException(
          Problem.INVALID_REQUEST,
          "'Upload-Length' must not be negative.",
          new FieldProblem("Upload-Length", "must not be negative"));
    }
    if (length > properties.maxSize().toBytes()) {
      throw new ProblemException(
          Problem.UPLOAD_TOO_LARGE,
          "An upload may have up to %,d bytes (trainyard.upload.max-size)."
              .formatted(properties.maxSize().toBytes()));
    }
    if (rows.count() >= properties.maxUploads()) {
      throw new ProblemException(
          Problem.TOO_MANY_UPLOADS,
          "There are %d uploads (trainyard.upload.max-uploads). Finish one and make a dataset of it, or delete one."
              .formatted(properties.maxUploads()));
    }
    if (!disk.hasRoomFor(length + rows.expected())) {
      throw full(length);
    }
  }

  ProblemException full(long bytes) {
    return new ProblemException(
        Problem.DISK_FULL,
        "The data folder has %,d MB free, of which %,d MB (trainyard.min-free-space) are kept for what runs, and unfinished uploads need %,d MB more; this one has %,d MB. Delete what is no longer needed, then send it again."
            .formatted(
                disk.free() / MEGABYTE,
                disk.reserve() / MEGABYTE,
                rows.expected() / MEGABYTE,
                (bytes + MEGABYTE - 1) / MEGABYTE));
  }

  /**
   * @throws ProblemException NOT_FOUND
   */
  public UploadView view(String id) {
    UploadRows.Row row = rows.find(id).orElseThrow(() -> missing(id));
    Duration kept = retention.uploads();
    return new UploadView(
        row.id(),
        row.length(),
        row.received(),
        row.metadata(),
        row.createTime(),
        kept.isZero() ? null : row.changeTime().plus(kept));
  }

  /**
   * @throws ProblemException NOT_FOUND; UPLOAD_LOCKED while somebody writes to it
   */
  public void delete(String id) throws IOException {
    UploadRows.Row row = rows.find(id).orElseThrow(() -> missing(id));
    if (!rows.delete(id, deadWriter(row))) {
      throw locked();
    }
    storage.deleteTree(place(storage, id));
  }

  /**
   * The file of an upload that all bytes of have come.
   *
   * @throws ProblemException INVALID_REQUEST, naming the field {@code upload}, when there is none;
   *     ILLEGAL_STATE while bytes are missing
   */
  public Path whole(String id) throws IOException {
    UploadRows.Row row = rows.find(id).orElseThrow(Uploads::unknown);
    if (row.received() < row.length()) {
      throw incomplete(row);
    }
    Path file = place(storage, id);
    if (row.length() == 0 && !Files.exists(file)) {
      Files.createDirectories(storage.of(FOLDER));
      Files.createFile(file);
    }
    return file;
  }

  /**
   * Within the caller's transaction: from its commit on, the file is the caller's to delete.
   *
   * @throws ProblemException as {@link #whole} does
   */
  public void take(String id) {
    if (!rows.take(id)) {
      throw incomplete(rows.find(id).orElseThrow(Uploads::unknown));
    }
  }

  /** The token of a writer whose process has surely ended. */
  @Nullable String deadWriter(UploadRows.Row row) {
    return row.instance() != null && storage.isDead(row.instance()) ? row.writer() : null;
  }

  static ProblemException missing(String id) {
    return new ProblemException(
        Problem.NOT_FOUND,
        "There is no upload '" + id + "': it has expired, was deleted, or was made a dataset.");
  }

  static ProblemException locked() {
    return new ProblemException(
            Problem.UPLOAD_LOCKED,
            "Another request writes to this upload. Ask for its offset in a moment, and go on"
                + " there.")
        .retryAfter(1);
  }

  private static ProblemException unknown() {
    String message =
        "is not the id of an upload: it has expired, was deleted, or was made a dataset";
    return new ProblemException(
        Problem.INVALID_REQUEST, "'upload' " + message + ".", new FieldProblem("upload", message));
  }

  private static ProblemException incomplete(UploadRows.Row row) {
    String message =
        "has %d of %d bytes; send the rest first".formatted(row.received(), row.length());
    return new ProblemException(
        Problem.ILLEGAL_STATE, "The upload " + message + ".", new FieldProblem("upload", message));
  }
}
