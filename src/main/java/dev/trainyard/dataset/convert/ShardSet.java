package dev.trainyard.dataset.convert;

import dev.trainyard.dataset.archive.Archive;
import dev.trainyard.dataset.archive.ArchiveException;
import dev.trainyard.dataset.archive.EntryNames;
import dev.trainyard.dataset.listing.BadRecords;
import dev.trainyard.dataset.report.Sample;
import dev.trainyard.tfrecord.ImageExample;
import dev.trainyard.tfrecord.ShardName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Writes the records of one split to its shards: shuffled, then dealt out like cards. */
final class ShardSet {

  private static final int EXAMPLES_WORTH_A_SHARD = 16;
  private static final int MAX_SHARDS = 1024;

  private final Archive archive;
  private final Spool spool;
  private final ImageWorkers workers;
  private final List<String> labels;
  private final Path folder;
  private final BadRecords bad;
  private final ConversionProgress progress;
  private final List<Sample> samples = new ArrayList<>();

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
   * @param images shuffled here; loses those that can no longer be read, which are set aside
   * @param before shards that the split has already
   * @param leastShards wanted for readers in parallel, as long as each holds a few records
   * @return one entry a shard, in order; none for no images
   */
  List<Manifest.Shard> write(
      String split,
      List<Inspection.Usable> images,
      long seed,
      long shardSize,
      int before,
      int leastShards)
      throws Exception {
    if (images.isEmpty()) {
      return List.of();
    }
    Collections.shuffle(images, new Random(seed));
    int count = shards(images, shardSize, leastShards);
    Deal deal = new Deal(split, images, SamplePick.of(images, labels.size(), split), count);
    Manifest.Shard[] written = new Manifest.Shard[count];
    workers.forEach(count, shard -> written[shard] = write(shard, before, deal));
    drop(deal.gone, images);
    return List.of(written);
  }

  /** The images of a split, of which each shard gets every {@code count}-th. */
  private record Deal(
      String split, List<Inspection.Usable> images, BitSet shown, int count, BitSet gone) {

    Deal(String split, List<Inspection.Usable> images, BitSet shown, int count) {
      this(split, images, shown, count, new BitSet());
    }
  }

  /** Each shard by one thread, from its first record to its last. */
  private Manifest.Shard write(int shard, int before, Deal deal) throws Exception {
    String name = new ShardName(deal.split, before + shard, before + deal.count).toString();
    ShardWriter writer = new ShardWriter(folder, name);
    try (writer) {
      for (int i = shard; i < deal.images.size(); i += deal.count) {
        progress.requireWanted();
        Inspection.Usable image = deal.images.get(i);
        long offset = writer.bytes();
        int held = workers.acquire(2L * image.length()); // the image, and its record
        try {
          writer.write(example(image));
          progress.advance(image.length());
          show(image, i, name, offset, deal);
        } catch (ArchiveException e) {
          bad.add(image.listed().bad(String.valueOf(e.getMessage())));
          lose(i, deal);
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
      samples.add(new Sample(image.label(), deal.split, number, shard, offset));
    }
  }

  private synchronized void lose(int number, Deal deal) {
    deal.gone.set(number);
  }

  /** Records to show, of what has been written: by class, training before validation. */
  synchronized List<Sample> samples() {
    return samples.stream().sorted(Sample.ORDER).toList();
  }

  private static void drop(BitSet gone, List<Inspection.Usable> images) {
    if (!gone.isEmpty()) {
      List<Inspection.Usable> left =
          IntStream.range(0, images.size())
              .filter(i -> !gone.get(i))
              .mapToObj(images::get)
              .toList();
      images.clear();
      images.addAll(left);
    }
  }

  private static int shards(List<Inspection.Usable> images, long shardSize, int least) {
    long bytes = images.stream().mapToLong(Inspection.Usable::length).sum();
    long bySize = (bytes + shardSize - 1) / shardSize;
    long wanted = Math.max(bySize, Math.min(least, images.size() / EXAMPLES_WORTH_A_SHARD));
    return (int) Math.max(1, Math.min(Math.min(wanted, images.size()), MAX_SHARDS));
  }

  private byte[] example(Inspection.Usable image) throws IOException {
    String name = image.listed().entry().name();
    byte[] jpeg =
        image.spooled() < 0 ? archive.read(name) : spool.read(image.spooled(), image.length());
    int label = image.listed().label();
    return new ImageExample(
            image.height(),
            image.width(),
            label,
            labels.get(label),
            EntryNames.baseName(EntryNames.normal(name)),
            jpeg)
        .toBytes();
  }
}
