package dev.trainyard.dataset;

import dev.trainyard.storage.Storage;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Uploads that wait for their conversion. Each is on disk before its dataset is registered; what a
 * crash in between leaves is swept at a later start.
 */
@Component
class UploadedFiles {

  private static final Logger LOG = LoggerFactory.getLogger(UploadedFiles.class);
  private static final String FOLDER = "uploads";

  /** Another process may be about to register what is younger. */
  private static final Duration ORPHANED_AFTER = Duration.ofHours(1);

  private final Datasets datasets;
  private final Storage storage;
  private final Clock clock;

  UploadedFiles(Datasets datasets, Storage storage, Clock clock) {
    this.datasets = datasets;
    this.storage = storage;
    this.clock = clock;
  }

  static Path place(Storage storage, String id) {
    return storage.of(FOLDER, id);
  }

  /**
   * Makes the file durable.
   *
   * @return the id of the dataset that may be registered now
   */
  String keep(Path file) throws IOException {
    String id = UUID.randomUUID().toString();
    // From now on, not from when its last byte arrived.
    Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
    storage.publish(file, place(storage, id));
    return id;
  }

  /** Its dataset is not registered. */
  void drop(String id) throws IOException {
    storage.deleteTree(place(storage, id));
  }

  @EventListener(ApplicationReadyEvent.class)
  void sweep() {
    Path folder = storage.of(FOLDER);
    if (!Files.isDirectory(folder)) {
      return;
    }
    Instant young = clock.instant().minus(ORPHANED_AFTER);
    try (DirectoryStream<Path> uploads = Files.newDirectoryStream(folder)) {
      for (Path upload : uploads) {
        if (Files.getLastModifiedTime(upload).toInstant().isBefore(young)) {
          sweep(upload);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.warn("Orphaned uploads are left for the next start: {}", e.toString());
    }
  }

  private void sweep(Path upload) throws IOException {
    String id = upload.getFileName().toString();
    if (!datasets.existsByIdAndState(id, DatasetState.CONVERTING)) {
      LOG.info("Upload {} belongs to no dataset that waits for it; it is deleted", id);
      storage.deleteTree(upload);
    }
  }
}
