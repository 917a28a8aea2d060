package dev.trainyard.dataset;

import dev.trainyard.dataset.archive.AllowedFolders;
import dev.trainyard.dataset.archive.ArchiveException;
import dev.trainyard.dataset.convert.AbandonedConversionException;
import dev.trainyard.dataset.convert.Base;
import dev.trainyard.dataset.convert.Conversion;
import dev.trainyard.dataset.convert.ConversionException;
import dev.trainyard.dataset.convert.ConversionFailure;
import dev.trainyard.dataset.convert.ConversionProgress;
import dev.trainyard.dataset.convert.DatasetFolder;
import dev.trainyard.dataset.convert.Manifest;
import dev.trainyard.dataset.convert.Source;
import dev.trainyard.problem.DiskFull;
import dev.trainyard.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Converts one upload: publishes what came of it, records it, and lets the upload go. */
final class ConversionAttempts {

  private static final Logger LOG = LoggerFactory.getLogger(ConversionAttempts.class);

  private final ConversionQueue queue;
  private final Storage storage;
  private final Clock clock;
  private final Conversion conversion;
  private final AllowedFolders folders;

  ConversionAttempts(
      ConversionQueue queue,
      Storage storage,
      Clock clock,
      Conversion conversion,
      AllowedFolders folders) {
    this.queue = queue;
    this.storage = storage;
    this.clock = clock;
    this.conversion = conversion;
    this.folders = folders;
  }

  /**
   * @param stopping whether a failure is but the service being stopped; it then passes on, and the
   *     dataset stays CONVERTING
   * @return whether the dataset is READY; else it is FAILED
   */
  boolean run(Dataset dataset, ConversionProgress progress, BooleanSupplier stopping)
      throws Exception {
    Path folder = storage.newTemporaryFolder();
    Path scratch = storage.newTemporaryFolder();
    try {
      convert(dataset, folder, scratch, progress, stopping);
      return true;
    } catch (ConversionException e) {
      fail(dataset, e, folder, progress);
      return false;
    } finally {
      storage.deleteTree(folder);
      storage.deleteTree(scratch);
    }
  }

  /** The one place where an exception becomes a typed failure. */
  private void convert(
      Dataset dataset,
      Path folder,
      Path scratch,
      ConversionProgress progress,
      BooleanSupplier stopping)
      throws Exception {
    Source source = new Source(origin(dataset), bounds(dataset), base(dataset));
    try {
      Manifest manifest = conversion.run(source, dataset.order(), folder, scratch, progress);
      end(dataset, folder, held -> held.ready(manifest, clock.instant()));
    } catch (ConversionException | AbandonedConversionException e) {
      throw e;
    } catch (Exception | OutOfMemoryError e) {
      if (stopping.getAsBoolean()) {
        throw e;
      }
      LOG.error("Dataset {} could not be converted", dataset.id(), e);
      throw unforeseen(dataset, e);
    }
  }

  private Path origin(Dataset dataset) throws ConversionException {
    Path origin = dataset.origin(storage);
    if (dataset.source().folder() == null && !Files.exists(origin)) {
      throw new ConversionException(
          ConversionFailure.UPLOAD_LOST,
          "The upload is no longer in the data folder. Send it again.");
    }
    return origin;
  }

  /** The worker looks for itself whether it may read a folder, and has it. */
  private Path bounds(Dataset dataset) throws ConversionException {
    String folder = dataset.source().folder();
    if (folder == null) {
      return dataset.origin(storage);
    }
    try {
      return folders.find(folder).bounds();
    } catch (ArchiveException e) {
      throw new ConversionException(
          ConversionFailure.FOLDER_UNAVAILABLE,
          "On the worker %s, '%s' %s.".formatted(storage.instance(), folder, e.getMessage()));
    }
  }

  private Base base(Dataset dataset) throws ConversionException {
    String base = dataset.source().base();
    try {
      return base == null ? Base.NONE : Base.of(storage.of("datasets", base));
    } catch (IOException e) {
      LOG.warn("The base of dataset {} cannot be read", dataset.id(), e);
      throw new ConversionException(
          ConversionFailure.BASE_LOST,
          "The version that it adds to is no longer in the data folder.");
    }
  }

  private static ConversionException unforeseen(Dataset dataset, Throwable cause) {
    return DiskFull.isBehind(cause)
        ? new ConversionException(
            ConversionFailure.DISK_FULL,
            "There is no space left for the shards. Make some and send it again.")
        : new ConversionException(
            ConversionFailure.INTERNAL_ERROR,
            "This is the service's fault, not the upload's; its log names dataset "
                + dataset.id()
                + ".");
  }

  private void fail(
      Dataset dataset, ConversionException failure, Path folder, ConversionProgress progress)
      throws IOException {
    Path kept = storage.newTemporaryFolder();
    try {
      DatasetFolder.keepQuarantine(folder, kept);
    } catch (IOException e) {
      LOG.warn("The quarantine list of dataset {} could not be kept", dataset.id(), e);
    }
    storage.deleteTree(folder); // now: the database may need the room to record it
    try {
      end(
          dataset,
          kept,
          held ->
              held.failed(
                  failure.failure(), String.valueOf(failure.getMessage()), progress.quarantined()));
    } finally {
      storage.deleteTree(kept); // if the database could not record it
    }
  }

  /** Shows the folder and what is said of it in one step, if the dataset is still ours. */
  private void end(Dataset dataset, Path folder, Consumer<Dataset> ending) throws IOException {
    storage.forceTree(folder); // here, for the transaction below must not stand still for long
    boolean held =
        queue.end(
            dataset,
            current -> {
              publish(folder, current);
              ending.accept(current);
              LOG.info(
                  "Dataset {}, {} version {}, is {}",
                  current.id(),
                  current.name(),
                  current.version(),
                  current.state());
            });
    if (held) {
      if (dataset.source().folder() == null) {
        storage.deleteTree(dataset.origin(storage));
      }
    } else {
      LOG.warn("Dataset {} was cancelled, or is converted by another worker", dataset.id());
      storage.deleteTree(folder);
    }
  }

  /** What a crash published before it was recorded makes way. */
  private void publish(Path complete, Dataset dataset) {
    Path target = dataset.folder(storage);
    try {
      storage.deleteTree(target);
      storage.publish(complete, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
