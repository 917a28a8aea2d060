package dev.trainyard.dataset.convert;

import dev.trainyard.dataset.archive.Archive;
import dev.trainyard.dataset.archive.EntryNames;
import dev.trainyard.tfrecord.ImageExample;
import dev.trainyard.tfrecord.ShardName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Writes the records of one split to its shards: shuffled, then dealt out like cards. */
final class ShardSet {

  private static final int EXAMPLES_WORTH_A_SHARD = 16;
  private static final int MAX_SHARDS = 1024;

  private final Archive archive;
  private final Spool spool;
  private final List<String> labels;
  private final Path folder;

  ShardSet(Archive archive, Spool spool, List<String> labels, Path folder) {
    this.archive = archive;
    this.spool = spool;
    this.labels = labels;
    this.folder = folder;
  }

  /**
   * @param leastShards wanted for readers in parallel, as long as each holds a few records
   * @return one entry a shard, in order; none for no images
   */
  List<Manifest.Shard> write(
      String split, List<Inspection.Usable> images, long seed, long shardSize, int leastShards)
      throws IOException, InterruptedException {
    if (images.isEmpty()) {
      return List.of();
    }
    Collections.shuffle(images, new Random(seed));
    int count = shards(images, shardSize, leastShards);
    List<ShardWriter> writers = new ArrayList<>();
    try {
      for (int shard = 0; shard < count; shard++) {
        writers.add(new ShardWriter(folder, new ShardName(split, shard, count)));
      }
      for (int i = 0; i < images.size(); i++) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        writers.get(i % count).write(example(images.get(i)));
      }
    } finally {
      for (ShardWriter writer : writers) {
        writer.close();
      }
    }
    return writers.stream().map(ShardWriter::written).toList();
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
