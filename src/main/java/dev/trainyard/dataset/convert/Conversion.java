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
import dev.trainyard.dataset.report.Duplicates;
import dev.trainyard.dataset.report.ReportSummary;
import dev.trainyard.dataset.report.Sample;
import dev.trainyard.dataset.traits.DamagedTraitsException;
import dev.trainyard.dataset.traits.KnownImages;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        Spool spool = new Spool(scratch.resolve("images"));
        KnownImages known = source.base().known()) {
      progress.requireWanted();
      Contents contents = new Contents(archive.entries());
      Layout layout = order.layout().choose(contents);
      Run run = new Run(archive, spool, source, known, order, folder, bad, progress);
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
    } catch (DamagedTraitsException e) {
      throw new ConversionException(
          ConversionFailure.BASE_LOST,
          "The version that it adds to is damaged: its %s %s. Make that version anew."
              .formatted(DatasetFolder.TRAITS, e.getMessage()));
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
    private final KnownImages known;
    private final ConversionOrder order;
    private final Path folder;
    private final BadRecords bad;
    private final ConversionProgress progress;

    Run(
        Archive archive,
        Spool spool,
        Source source,
        KnownImages known,
        ConversionOrder order,
        Path folder,
        BadRecords bad,
        ConversionProgress progress) {
      this.archive = archive;
      this.spool = spool;
      this.source = source;
      this.known = known;
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
      Duplicates duplicates = duplicates(harvest);
      harvest.lose(duplicates);
      harvest.requireEnough(base);
      ShardSet shards =
          new ShardSet(archive, spool, workers, listing.labels(), folder, bad, progress);
      progress.begin(ConversionPhase.WRITING, images.size());
      List<Manifest.Shard> train = write(shards, "train", harvest.train());
      List<Manifest.Shard> validation = write(shards, "validation", harvest.validation());
      harvest.lose(shards.gone());
      harvest.requireEnough(base); // before anything of the base is in the folder
      ReportSummary report = report(harvest, duplicates, inspection.colours());
      List<Manifest.Shard> all = withBase(train, validation, shards.samples());
      return harvest.manifest(base, order, layout.splits(), bad.sorted().size(), report, all);
    }

    Manifest records(Contents contents, Layout.Records layout) throws Exception {
      contents.report(bad);
      Base base = source.base();
      RecordImport files = new RecordImport(archive, spool, workers, folder, source, bad, progress);
      Harvest harvest =
          files.read(contents, layout, order.scrutiny().scan(), limits.maxEntryBytes());
      Set<Inspection.Usable> heldOut = Collections.newSetFromMap(new IdentityHashMap<>());
      if (!layout.splits()) {
        harvest = harvest.holdOut(harvest.draw(order));
        heldOut.addAll(harvest.validation());
      }
      Duplicates duplicates = duplicates(harvest);
      Set<Inspection.Usable> leftOut = harvest.lose(duplicates);
      harvest.requireEnough(base);
      progress.begin(ConversionPhase.WRITING, harvest.train().size() + harvest.validation().size());
      RecordFates fates = new RecordFates(heldOut, leftOut, SamplePick.of(harvest, order.seed()));
      RecordShards shards = files.write(fates, harvest.labels(), shardSize);
      List<Manifest.Shard> train = shards.publish("train", base.shards("train").size());
      List<Manifest.Shard> validation =
          shards.publish("validation", base.shards("validation").size());
      ReportSummary report = report(harvest, duplicates, files.colours());
      List<Manifest.Shard> all = withBase(train, validation, shards.samples());
      return harvest.manifest(base, order, layout.splits(), bad.sorted().size(), report, all);
    }

    private Duplicates duplicates(Harvest harvest) throws IOException {
      return Duplicates.of(
          known, harvest.train(), harvest.validation(), order.scrutiny().duplicates());
    }

    private @Nullable ReportSummary report(
        Harvest harvest, Duplicates duplicates, ColourStatistics colours) throws IOException {
      return new ReportFiles(folder, source.base(), known, order.scrutiny().scan())
          .write(harvest, duplicates, colours, bad.sorted().stream().map(BadRecord::reason));
    }

    private List<Manifest.Shard> write(
        ShardSet shards, String split, List<Inspection.Usable> images) throws Exception {
      int before = source.base().shards(split).size();
      return shards.write(ShardPlan.of(split, images, order.seed(), shardSize, before));
    }

    /** All shards, those of the base first in each split; and records to show, of both. */
    private List<Manifest.Shard> withBase(
        List<Manifest.Shard> train, List<Manifest.Shard> validation, List<Sample> samples)
        throws IOException {
      Base base = source.base();
      Map<String, Manifest.Shard> linked = base.link("train", folder, train.size());
      List<Manifest.Shard> all = new ArrayList<>(linked.values());
      all.addAll(train);
      Map<String, Manifest.Shard> held = base.link("validation", folder, validation.size());
      all.addAll(held.values());
      all.addAll(validation);
      linked.putAll(held);
      Optional<List<Sample>> before = base.samples(linked);
      if (before.isPresent()) {
        DatasetFolder.writeSamples(folder, SamplePick.byTurns(before.get(), samples));
      }
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
    Path tar = scratch.resolve("tar");
    try {
      new TarGz(limits, progress::isWanted).unpack(place, tar);
    } catch (InterruptedIOException e) {
      progress.requireWanted();
      throw e;
    }
    return Archive.open(tar, limits);
  }

  private static ConversionException failure(ConversionFailure reason, Exception cause) {
    return new ConversionException(reason, String.valueOf(cause.getMessage()));
  }
}
