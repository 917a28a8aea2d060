package dev.trainyard.upload;

import dev.trainyard.retention.Chore;
import dev.trainyard.retention.Orphans;
import dev.trainyard.retention.RetentionProperties;
import dev.trainyard.retention.Waste;
import dev.trainyard.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Deletes uploads to which nothing has come for long, and files of none. */
@Component
class UploadRetention implements Chore {

  private final UploadRows rows;
  private final Uploads uploads;
  private final ObjectProvider<UploadUse> uses;
  private final RetentionProperties properties;
  private final Orphans orphans;
  private final Waste waste;
  private final Storage storage;
  private final Clock clock;

  UploadRetention(
      UploadRows rows,
      Uploads uploads,
      ObjectProvider<UploadUse> uses,
      RetentionProperties properties,
      Orphans orphans,
      Waste waste,
      Storage storage,
      Clock clock) {
    this.rows = rows;
    this.uploads = uploads;
    this.uses = uses;
    this.properties = properties;
    this.orphans = orphans;
    this.waste = waste;
    this.storage = storage;
    this.clock = clock;
  }

  @Override
  public void tidy() throws IOException {
    orphans.sweep(
        storage.of(Uploads.FOLDER),
        id -> rows.find(id).isPresent() || uses.stream().anyMatch(use -> use.inUse(id)));
    if (properties.uploads().isZero()) {
      return;
    }
    for (UploadRows.Row row : rows.notChangedSince(clock.instant().minus(properties.uploads()))) {
      Path file = Uploads.place(storage, row.id());
      long bytes = waste.bytes(file);
      if (rows.delete(row.id(), uploads.deadWriter(row))) {
        storage.deleteTree(file);
        waste.count(Waste.Kind.UPLOADS, bytes);
      }
    }
  }
}
