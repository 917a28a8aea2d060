package dev.trainyard.dataset.convert;

import dev.trainyard.dataset.archive.Archive;
import dev.trainyard.dataset.archive.ArchiveException;
import dev.trainyard.dataset.archive.EntryNames;
import dev.trainyard.dataset.listing.BadRecords;
import dev.trainyard.dataset.listing.TooManyBadRecordsException;
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
  private final List<String> labels;
  private final Path folder;
  private final BadRecords bad;
  private final ConversionProgress progress;

  ShardSet(
      Archive archive,
      Spool spool,
      List<String> labels,
      Path folder,
      BadRecords bad,
      ConversionProgress progress) {
    this.archive = archive;
    this.spool = spool;
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
      throws IOException,
          InterruptedException,
          TooManyBadRecordsException,
          AbandonedConversionException {
    if (images.isEmpty()) {
      return List.of();
    }
    Collections.shuffle(images, new Random(seed));
    int count = shards(images, shardSize, leastShards);
    List<ShardWriter> writers = new ArrayList<>();
    try {
      for (int shard = 0; shard < count; shard++) {
        ShardName name = new ShardName(split, before + shard, before + count);
        writers.add(new ShardWriter(folder, name.toString()));
      }
      BitSet gone = new BitSet();
      for (int i = 0; i < images.size(); i++) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        progress.requireWanted();
        Inspection.Usable image = images.get(i);
        try {
          writers.get(i % count).write(example(image));
          progress.advance(image.length());
        } catch (ArchiveException e) {
          bad.add(image.listed().bad(String.valueOf(e.getMessage())));
          gone.set(i);
        }
      }
      drop(gone, images);
    } finally {
      for (ShardWriter writer : writers) {
        writer.close();
      }
    }
    return writers.stream().map(ShardWriter::written).toList();
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
