package dev.trainyard.dataset;

import dev.trainyard.dataset.convert.Conversion;
import dev.trainyard.dataset.convert.ConversionException;
import dev.trainyard.dataset.convert.ConversionFailure;
import dev.trainyard.dataset.convert.ConversionProgress;
import dev.trainyard.dataset.convert.DatasetFolder;
import dev.trainyard.dataset.convert.Manifest;
import dev.trainyard.problem.DiskFull;
import dev.trainyard.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Converts one upload: publishes what came of it, records it, and lets the upload go. */
final class ConversionAttempts {

  private static final Logger LOG = LoggerFactory.getLogger(ConversionAttempts.class);

  private final Datasets datasets;
  private final Storage storage;
  private final Clock clock;
  private final Conversion conversion;

  ConversionAttempts(Datasets datasets, Storage storage, Clock clock, Conversion conversion) {
    this.datasets = datasets;
    this.storage = storage;
    this.clock = clock;
    this.conversion = conversion;
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
      Manifest manifest = convert(dataset, folder, scratch, progress, stopping);
      dataset.ready(manifest, clock.instant());
      datasets.save(dataset);
      LOG.info("Dataset {} is READY: {} {}", dataset.id(), dataset.name(), dataset.version());
      storage.deleteTree(dataset.upload(storage));
      return true;
    } catch (ConversionException e) {
      fail(dataset, e, folder, progress);
      storage.deleteTree(dataset.upload(storage));
      return false;
    } finally {
      storage.deleteTree(folder);
      storage.deleteTree(scratch);
    }
  }

  /** The one place where an exception becomes a typed failure. */
  private Manifest convert(
      Dataset dataset,
      Path folder,
      Path scratch,
      ConversionProgress progress,
      BooleanSupplier stopping)
      throws Exception {
    Path upload = dataset.upload(storage);
    if (!Files.exists(upload)) {
      throw new ConversionException(
          ConversionFailure.UPLOAD_LOST,
          "The upload is no longer in the data folder. Send it again.");
    }
    try {
      Manifest manifest = conversion.run(upload, dataset.order(), folder, scratch, progress);
      publish(folder, dataset);
      return manifest;
    } catch (ConversionException e) {
      throw e;
    } catch (Exception | OutOfMemoryError e) {
      if (stopping.getAsBoolean()) {
        throw e;
      }
      LOG.error("Dataset {} could not be converted", dataset.id(), e);
      throw unforeseen(dataset, e);
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
      Dataset dataset, ConversionException failure, Path folder, ConversionProgress progress) {
    try {
      Path kept = storage.newTemporaryFolder();
      DatasetFolder.keepQuarantine(folder, kept);
      publish(kept, dataset);
    } catch (IOException e) {
      LOG.warn("The quarantine list of dataset {} could not be kept", dataset.id(), e);
    }
    dataset.failed(failure.failure(), String.valueOf(failure.getMessage()), progress.quarantined());
    datasets.save(dataset);
    LOG.info("Dataset {} is FAILED: {}", dataset.id(), failure.getMessage());
  }

  /** What a crash published before it was recorded makes way. */
  private void publish(Path complete, Dataset dataset) throws IOException {
    Path target = dataset.folder(storage);
    storage.deleteTree(target);
    storage.publish(complete, target);
  }
}
