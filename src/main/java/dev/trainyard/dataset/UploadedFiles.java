package dev.trainyard.dataset;

import dev.trainyard.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Uploads that wait for their conversion. Each is on disk before its dataset is registered; what a
 * crash in between leaves is swept by {@link DatasetRetention}.
 */
@Component
class UploadedFiles {

  static final String FOLDER = "uploads";

  private final Storage storage;
  private final Clock clock;

  UploadedFiles(Storage storage, Clock clock) {
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
}
