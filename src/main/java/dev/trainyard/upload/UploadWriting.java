package dev.trainyard.upload;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.storage.DiskSpace;
import dev.trainyard.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Appends bytes to uploads, one request to each at a time. */
@Component
public class UploadWriting {

  private final Uploads uploads;
  private final UploadRows rows;
  private final Storage storage;
  private final DiskSpace disk;

  UploadWriting(Uploads uploads, UploadRows rows, Storage storage, DiskSpace disk) {
    this.uploads = uploads;
    this.rows = rows;
    this.storage = storage;
    this.disk = disk;
  }

  /**
   * One piece.
   *
   * @param offset where its client believes that it goes
   * @param length bytes that it is said to have; -1 when nobody says
   * @param checksum as the header has it
   */
  public record Piece(long offset, long length, @Nullable String checksum, InputStream bytes) {}

  /**
   * Appends what comes, up to a connection that breaks; all that is counted is on disk.
   *
   * @return bytes that the upload has now
   * @throws ProblemException NOT_FOUND; UPLOAD_LOCKED; UPLOAD_OFFSET_MISMATCH; UPLOAD_TOO_LARGE;
   *     CHECKSUM_MISMATCH; DISK_FULL
   * @throws IOException when the connection breaks; what came before it is safe
   */
  public long append(String id, Piece piece) throws IOException {
    Checksum checksum = piece.checksum() == null ? null : Checksum.of(piece.checksum());
    UploadRows.Row seen = rows.find(id).orElseThrow(() -> Uploads.missing(id));
    String token = UUID.randomUUID().toString();
    if (!rows.claim(id, token, storage.instance(), uploads.deadWriter(seen))) {
      throw Uploads.locked();
    }
    try {
      UploadRows.Row row = rows.find(id).orElseThrow(() -> Uploads.missing(id));
      require(row, piece);
      try (UploadFile file = open(row)) {
        return new Writing(row, token, file, checksum).take(piece.bytes());
      }
    } finally {
      rows.release(id, token);
    }
  }

  private void require(UploadRows.Row row, Piece piece) {
    if (piece.offset() != row.received()) {
      throw new ProblemException(
          Problem.UPLOAD_OFFSET_MISMATCH,
          "The upload has %d bytes; go on there.".formatted(row.received()),
          new FieldProblem("Upload-Offset", "must be " + row.received()));
    }
    long missing = row.length() - row.received();
    if (piece.length() > missing) {
      throw tooLong(row);
    }
    if (!disk.hasRoomFor(piece.length() < 0 ? 0 : piece.length())) {
      throw uploads.full(row.length());
    }
  }

  private static ProblemException tooLong(UploadRows.Row row) {
    return new ProblemException(
        Problem.UPLOAD_TOO_LARGE,
        "More bytes were sent than the %d that the upload was to have.".formatted(row.length()));
  }

  /** What lies behind the offset was never acknowledged; it goes. */
  private UploadFile open(UploadRows.Row row) throws IOException {
    Path path = Uploads.place(storage, row.id());
    if (row.received() > 0 && (!Files.exists(path) || Files.size(path) < row.received())) {
      rows.delete(row.id(), row.writer());
      throw Uploads.missing(row.id());
    }
    Path folder = Files.createDirectories(storage.of(Uploads.FOLDER));
    boolean isNew = !Files.exists(path);
    UploadFile file = new UploadFile(path, row.received());
    if (isNew) {
      storage.force(folder);
    }
    return file;
  }

  /** One request's work. */
  private final class Writing {

    private static final int BUFFER = 1 << 16;
    private static final long COUNT_EVERY_BYTES = 64L << 20;
    private static final long COUNT_EVERY_NANOS = 5_000_000_000L;

    private final UploadRows.Row row;
    private final String token;
    private final UploadFile file;
    private final @Nullable Checksum checksum;
    private long counted;
    private long lastWord = System.nanoTime();

    Writing(UploadRows.Row row, String token, UploadFile file, @Nullable Checksum checksum) {
      this.row = row;
      this.token = token;
      this.file = file;
      this.checksum = checksum;
      this.counted = row.received();
    }

    long take(InputStream bytes) throws IOException {
      byte[] buffer = new byte[BUFFER];
      try {
        for (int n = bytes.read(buffer); n >= 0; n = bytes.read(buffer)) {
          write(buffer, n);
        }
      } catch (IOException | ProblemException e) {
        if (checksum == null && file.position() > counted) {
          count();
        }
        throw e;
      }
      if (checksum != null && !checksum.fits()) {
        throw new ProblemException(
            Problem.CHECKSUM_MISMATCH,
            "The bytes that came do not add up to their Upload-Checksum; none of them is kept.",
            new FieldProblem("Upload-Checksum", "does not fit"));
      }
      count();
      return counted;
    }

    private void write(byte[] buffer, int n) throws IOException {
      int fits = (int) Math.min(n, row.length() - file.position());
      file.write(buffer, fits);
      if (checksum != null) {
        checksum.digest().update(buffer, 0, fits);
      }
      if (fits < n) {
        throw tooLong(row);
      }
      boolean isTime = System.nanoTime() - lastWord > COUNT_EVERY_NANOS;
      if (isTime || file.position() - counted >= COUNT_EVERY_BYTES && checksum == null) {
        sayWord();
      }
    }

    private void sayWord() throws IOException {
      if (disk.isLow()) {
        throw uploads.full(row.length());
      }
      if (checksum == null) {
        count();
      } else if (!rows.renew(row.id(), token)) {
        throw Uploads.locked();
      }
      lastWord = System.nanoTime();
    }

    /** First on disk, then in the database. */
    private void count() throws IOException {
      file.force();
      if (!rows.advance(row.id(), token, file.position())) {
        throw Uploads.locked();
      }
      counted = file.position();
      lastWord = System.nanoTime();
    }
  }
}
