package dev.trainyard.dataset.convert;

import dev.trainyard.dataset.archive.Archive;
import dev.trainyard.dataset.archive.ArchiveException;
import dev.trainyard.dataset.archive.ArchiveLimits;
import dev.trainyard.dataset.archive.TarGz;
import dev.trainyard.dataset.image.ContentKind;
import dev.trainyard.dataset.listing.BadRecord;
import dev.trainyard.dataset.listing.BadRecords;
import dev.trainyard.dataset.listing.Contents;
import dev.trainyard.dataset.listing.Layout;
import dev.trainyard.dataset.listing.LayoutException;
import dev.trainyard.dataset.listing.Listing;
import dev.trainyard.dataset.listing.TooManyBadRecordsException;
import dev.trainyard.dataset.report.ColourStatistics;
import dev.trainyard.dataset.report.DatasetReport;
import dev.trainyard.dataset.report.DuplicateList;
import dev.trainyard.dataset.report.Duplicates;
import dev.trainyard.dataset.report.ReportSummary;
import dev.trainyard.dataset.report.Reporter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Makes a dataset folder of an upload: shards, labels, manifest, quarantine list. */
public final class Conversion {

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
      Source source, ConversionOrder order, Path folder, Path scratch, ConversionProgress progress)
      throws Exception {
    BadRecords bad = new BadRecords(order.maxBadRecords());
    try (Archive archive = open(source, scratch, progress);
        Spool spool = new Spool(scratch.resolve("images"))) {
      progress.requireWanted();
      Contents contents = new Contents(archive.entries());
      Layout layout = order.layout().choose(contents);
      Run run = new Run(archive, spool, source, order, folder, bad, progress);
      Manifest manifest =
          layout instanceof Layout.Records records
              ? run.records(contents, records)
              : run.images(contents, layout);
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

  /** What one conversion has at hand. */
  private final class Run {

    private final Archive archive;
    private final Spool spool;
    private final Source source;
    private final ConversionOrder order;
    private final Path folder;
    private final BadRecords bad;
    private final ConversionProgress progress;

    Run(
        Archive archive,
        Spool spool,
        Source source,
        ConversionOrder order,
        Path folder,
        BadRecords bad,
        ConversionProgress progress) {
      this.archive = archive;
      this.spool = spool;
      this.source = source;
      this.order = order;
      this.folder = folder;
      this.bad = bad;
      this.progress = progress;
    }

    Manifest images(Contents contents, Layout layout) throws Exception {
      Base base = source.base();
      Listing listing = Listing.of(archive, contents, layout, bad).addedTo(base.labels());
      Inspection inspection =
          new Inspection(archive, spool, workers, bad, progress, order.scrutiny().scan());
      List<Inspection.Usable> images = inspection.inspect(listing.images());
      Harvest harvest =
          Harvest.divided(
              listing.labels(), listing.images().size(), images, layout.splits(), order);
      Duplicates duplicates =
          Duplicates.of(harvest.train(), harvest.validation(), order.scrutiny().duplicates());
      harvest.leaveOut(duplicates.leftOut());
      harvest.requireEnough(base);
      ShardSet shards =
          new ShardSet(archive, spool, workers, listing.labels(), folder, bad, progress);
      progress.begin(ConversionPhase.WRITING, images.size());
      List<Manifest.Shard> train = write(shards, "train", harvest.train());
      List<Manifest.Shard> validation = write(shards, "validation", harvest.validation());
      if (!base.isNone()) { // nothing is known of the images that were there already
        return complete(harvest, layout.splits(), train, validation, null);
      }
      DuplicateList same = new DuplicateList(duplicates, listing.labels());
      DatasetReport report = report(harvest, inspection.colours(), same);
      DatasetFolder.writeReport(folder, report, same);
      DatasetFolder.writeSamples(folder, shards.samples());
      return complete(harvest, layout.splits(), train, validation, report.summary());
    }

    private DatasetReport report(Harvest harvest, ColourStatistics colours, DuplicateList same) {
      Reporter reporter = new Reporter(harvest.labels());
      harvest.train().forEach(reporter::train);
      harvest.validation().forEach(reporter::validation);
      return reporter.report(
          order.scrutiny().scan().name(),
          colours,
          same,
          bad.sorted().stream().map(BadRecord::reason));
    }

    Manifest records(Contents contents, Layout.Records layout) throws Exception {
      contents.report(bad);
      RecordImport files = new RecordImport(archive, spool, workers, folder, source, bad, progress);
      Harvest harvest = files.read(contents, layout, limits.maxEntryBytes());
      BitSet heldOut = new BitSet();
      if (!layout.splits()) {
        heldOut = harvest.draw(order);
        harvest = harvest.holdOut(heldOut);
      }
      harvest.requireEnough(source.base());
      progress.begin(ConversionPhase.WRITING, harvest.train().size() + harvest.validation().size());
      files.write(harvest.labels(), heldOut, shardSize);
      return complete(
          harvest, layout.splits(), files.publish("train"), files.publish("validation"), null);
    }

    private List<Manifest.Shard> write(
        ShardSet shards, String split, List<Inspection.Usable> images) throws Exception {
      int before = source.base().shards(split).size();
      return shards.write(ShardPlan.of(split, images, order.seed(), shardSize, before));
    }

    private Manifest complete(
        Harvest harvest,
        boolean splits,
        List<Manifest.Shard> train,
        List<Manifest.Shard> validation,
        @Nullable ReportSummary report)
        throws Exception {
      List<Manifest.Shard> all = new ArrayList<>(withBase("train", train));
      all.addAll(withBase("validation", validation));
      int quarantined = bad.sorted().size();
      return harvest.manifest(source.base(), order, splits, quarantined, report, all);
    }

    private List<Manifest.Shard> withBase(String split, List<Manifest.Shard> added)
        throws IOException {
      Base base = source.base();
      List<Manifest.Shard> all = base.link(split, folder, base.shards(split).size() + added.size());
      all.addAll(added);
      return all;
    }
  }

  private Archive open(Source source, Path scratch, ConversionProgress progress)
      throws IOException, AbandonedConversionException {
    Path place = source.place();
    if (Files.isDirectory(place)) {
      return Archive.openFolder(place, source.bounds(), limits);
    }
    if (ContentKind.of(Archive.start(place)) != ContentKind.GZIP) {
      return Archive.open(place, limits);
    }
    Path zip = scratch.resolve("zip");
    try {
      new TarGz(limits, progress::isWanted).repack(place, zip);
    } catch (InterruptedIOException e) {
      progress.requireWanted();
      throw e;
    }
    return Archive.open(zip, limits);
  }

  private static ConversionException failure(ConversionFailure reason, Exception cause) {
    return new ConversionException(reason, String.valueOf(cause.getMessage()));
  }
}
