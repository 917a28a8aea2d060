package dev.trainyard.dataset;

import dev.trainyard.dataset.convert.DatasetFolder;
import dev.trainyard.dataset.convert.Manifest;
import dev.trainyard.dataset.convert.ShardHash;
import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/** Whether a dataset's files are still what they were when it became READY. */
@Component
public class DatasetIntegrity {

  private final Storage storage;

  DatasetIntegrity(Storage storage) {
    this.storage = storage;
  }

  /**
   * All shards are there and have their size: that costs nothing, and what changes within a shard
   * is found by its records' checksums when they are read.
   *
   * @throws ProblemException DATASET_DAMAGED, naming the file
   */
  public void checkSizes(String id) {
    Path folder = Dataset.folder(storage, id);
    for (Manifest.Shard shard : manifest(id).shards()) {
      try {
        long size = Files.size(folder.resolve(shard.name()));
        if (size != shard.bytes()) {
          throw damaged(
              id, "%s has %d bytes instead of %d".formatted(shard.name(), size, shard.bytes()));
        }
      } catch (IOException e) {
        throw damaged(id, shard.name() + reason(e));
      }
    }
  }

  /**
   * Reads shards and compares their SHA-256, as many as can be read in the time.
   *
   * @return whether that were all
   * @throws ProblemException DATASET_DAMAGED, naming the file
   */
  public boolean checkContents(String id, Duration limit) {
    Path folder = Dataset.folder(storage, id);
    long end = System.nanoTime() + limit.toNanos();
    for (Manifest.Shard shard : manifest(id).shards()) {
      try {
        String hash = ShardHash.of(folder.resolve(shard.name()), end);
        if (hash.isEmpty()) {
          return false;
        }
        if (!hash.equals(shard.sha256())) {
          throw damaged(id, shard.name() + " is not what it was: its SHA-256 is another");
        }
      } catch (IOException e) {
        throw damaged(id, shard.name() + reason(e));
      }
    }
    return true;
  }

  private Manifest manifest(String id) {
    try {
      return DatasetFolder.readManifest(Dataset.folder(storage, id));
    } catch (IOException e) {
      throw damaged(id, "its manifest" + reason(e));
    } catch (JacksonException e) {
      throw damaged(id, "its manifest cannot be read");
    }
  }

  private static String reason(IOException problem) {
    return problem instanceof NoSuchFileException ? " is gone" : " cannot be read";
  }

  static ProblemException damaged(String id, String what) {
    return new ProblemException(
        Problem.DATASET_DAMAGED,
        "Dataset %s is damaged: %s. Upload it again.".formatted(id, what),
        new FieldProblem("dataset", "is damaged: " + what));
  }
}
