package dev.trainyard.dataset.convert;

import dev.trainyard.dataset.archive.Archive;
import dev.trainyard.dataset.archive.ArchiveException;
import dev.trainyard.dataset.archive.ArchiveLimits;
import dev.trainyard.dataset.archive.TarGz;
import dev.trainyard.dataset.image.ContentKind;
import dev.trainyard.dataset.listing.BadRecords;
import dev.trainyard.dataset.listing.Contents;
import dev.trainyard.dataset.listing.Layout;
import dev.trainyard.dataset.listing.LayoutException;
import dev.trainyard.dataset.listing.Listing;
import dev.trainyard.dataset.listing.Split;
import dev.trainyard.dataset.listing.TooManyBadRecordsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.zip.ZipException;

/** Makes a dataset folder of an upload: shards, labels, manifest, quarantine list. */
public final class Conversion {

  private static final int TRAIN_SHARDS = 4;

  private final ArchiveLimits limits;
  private final long shardSize;
  private final ImageWorkers workers;

  /**
   * @param shardSize aimed-at bytes of a shard
   */
  public Conversion(ArchiveLimits limits, long shardSize, ImageWorkers workers) {
    this.limits = limits;
    this.shardSize = shardSize;
    this.workers = workers;
  }

  /**
   * Runs until the folder is complete.
   *
   * @param folder empty; gets the quarantine list even when the conversion fails
   * @param scratch an empty folder on the same disk, for what is needed meanwhile
   */
  public Manifest run(
      Path upload, ConversionOrder order, Path folder, Path scratch, ConversionProgress progress)
      throws Exception {
    BadRecords bad = new BadRecords(order.maxBadRecords());
    try (Archive archive = open(upload, scratch);
        Spool spool = new Spool(scratch.resolve("images"))) {
      Contents contents = new Contents(archive.entries());
      Layout layout = order.layout().choose(contents);
      Listing listing = Listing.of(archive, contents, layout, bad);
      List<Inspection.Usable> images =
          new Inspection(archive, spool, workers, bad, progress).inspect(listing.images());
      Census census = new Census(listing.labels());
      List<Inspection.Usable> train = new ArrayList<>();
      List<Inspection.Usable> validation = new ArrayList<>();
      divide(images, layout, order, listing.labels().size(), train, validation);
      train.forEach(census::countTrain);
      validation.forEach(census::countValidation);
      census.require(listing.images().size());
      ShardSet shards = new ShardSet(archive, spool, listing.labels(), folder);
      List<Manifest.Shard> written =
          new ArrayList<>(shards.write("train", train, order.seed(), shardSize, TRAIN_SHARDS));
      written.addAll(shards.write("validation", validation, order.seed(), shardSize, 1));
      double fraction = layout.splits() ? share(train, validation) : order.validationFraction();
      Manifest manifest = census.manifest(order.seed(), fraction, bad.sorted().size(), written);
      DatasetFolder.write(folder, manifest);
      return manifest;
    } catch (TooManyBadRecordsException e) {
      throw failure(ConversionFailure.TOO_MANY_BAD_RECORDS, e);
    } catch (LayoutException e) {
      throw new ConversionException(
          ConversionFailure.LAYOUT_UNCLEAR, "'" + e.field() + "' " + e.getMessage() + ".");
    } catch (ArchiveException | ZipException e) {
      throw failure(ConversionFailure.ARCHIVE_BROKEN, e);
    } finally {
      progress.setAside(bad.sorted().size());
      DatasetFolder.writeQuarantine(folder, bad.sorted());
    }
  }

  private Archive open(Path upload, Path scratch) throws IOException {
    if (ContentKind.of(Archive.start(upload)) != ContentKind.GZIP) {
      return Archive.open(upload, limits);
    }
    Path zip = scratch.resolve("zip");
    new TarGz(limits).repack(upload, zip);
    return Archive.open(zip, limits);
  }

  private static void divide(
      List<Inspection.Usable> images,
      Layout layout,
      ConversionOrder order,
      int classes,
      List<Inspection.Usable> train,
      List<Inspection.Usable> validation) {
    int[] labels = images.stream().mapToInt(image -> image.listed().label()).toArray();
    BitSet heldOut =
        layout.splits()
            ? new BitSet()
            : StratifiedSplit.heldOut(labels, classes, order.validationFraction(), order.seed());
    for (int i = 0; i < images.size(); i++) {
      boolean out = heldOut.get(i) || images.get(i).listed().split() == Split.VALIDATION;
      (out ? validation : train).add(images.get(i));
    }
  }

  private static double share(List<Inspection.Usable> train, List<Inspection.Usable> validation) {
    return validation.size() / (double) (train.size() + validation.size());
  }

  private static ConversionException failure(ConversionFailure reason, Exception cause) {
    return new ConversionException(reason, String.valueOf(cause.getMessage()));
  }
}
