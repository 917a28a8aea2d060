package dev.trainyard.dataset.convert;

import dev.trainyard.dataset.archive.Archive;
import dev.trainyard.dataset.archive.ArchiveException;
import dev.trainyard.dataset.listing.BadRecords;
import dev.trainyard.dataset.report.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Writes the records of one split to its shards, as they are planned. */
final class ShardSet {

  private final Archive archive;
  private final Spool spool;
  private final ImageWorkers workers;
  private final List<String> labels;
  private final Path folder;
  private final BadRecords bad;
  private final ConversionProgress progress;
  private final List<Sample> samples = new ArrayList<>();
  private final Set<Inspection.Usable> gone = Collections.newSetFromMap(new IdentityHashMap<>());

  ShardSet(
      Archive archive,
      Spool spool,
      ImageWorkers workers,
      List<String> labels,
      Path folder,
      BadRecords bad,
      ConversionProgress progress) {
    this.archive = archive;
    this.spool = spool;
    this.workers = workers;
    this.labels = labels;
    this.folder = folder;
    this.bad = bad;
    this.progress = progress;
  }

  /**
   * @return one entry a shard, in order
   */
  List<Manifest.Shard> write(ShardPlan plan) throws Exception {
    BitSet shown = SamplePick.of(plan.images(), labels.size(), plan.split());
    Deal deal = new Deal(plan, shown);
    Manifest.Shard[] written = new Manifest.Shard[plan.count()];
    workers.forEach(plan.count(), shard -> written[shard] = write(shard, deal));
    return List.of(written);
  }

  /** What is planned, and which of its images are to be shown. */
  private record Deal(ShardPlan plan, BitSet shown) {}

  /** Each shard by one thread, from its first record to its last. */
  private Manifest.Shard write(int shard, Deal deal) throws Exception {
    String name = deal.plan.name(shard);
    ShardWriter writer = new ShardWriter(folder, name);
    try (writer) {
      for (int i : deal.plan.places(shard)) {
        progress.requireWanted();
        Inspection.Usable image = deal.plan.images().get(i);
        long offset = writer.bytes();
        int held = workers.acquire(2L * image.length()); // the image, and its record
        try {
          writer.write(image.example(labels, jpeg(image)));
          progress.advance(image.length());
          show(image, i, name, offset, deal);
        } catch (ArchiveException e) {
          bad.add(image.listed().bad(String.valueOf(e.getMessage())));
          lose(image);
        } finally {
          workers.release(held);
        }
      }
    }
    return writer.written();
  }

  private synchronized void show(
      Inspection.Usable image, int number, String shard, long offset, Deal deal) {
    if (deal.shown.get(number)) {
      samples.add(new Sample(image.label(), deal.plan.split(), number, shard, offset));
    }
  }

  private synchronized void lose(Inspection.Usable image) {
    gone.add(image);
  }

  /** Images that could no longer be read, and have been set aside. */
  synchronized Set<Inspection.Usable> gone() {
    return gone;
  }

  /** Records to show, of what has been written: by class, training before validation. */
  synchronized List<Sample> samples() {
    return samples.stream().sorted(Sample.ORDER).toList();
  }

  private byte[] jpeg(Inspection.Usable image) throws IOException {
    return image.reencoded()
        ? spool.read(image.spooled(), image.length())
        : archive.read(image.name());
  }
}
