package dev.trainyard.dataset.convert;

import dev.trainyard.dataset.report.Sample;
import dev.trainyard.tfrecord.ShardName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Makes shards of files that were made elsewhere: a file all of whose records stay as they are is
 * one as it is; others are written anew.
 */
final class RecordShards {

  private static final String TRAIN = "train";

  private final Path folder;
  private final Spool spool;
  private final int largest;
  private final ConversionProgress progress;
  private final List<Manifest.Shard> train = new ArrayList<>();
  private final List<Manifest.Shard> validation = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>();
  private final Map<String, String> names = new HashMap<>();

  /**
   * @param largest bytes of a record
   */
  RecordShards(Path folder, Spool spool, int largest, ConversionProgress progress) {
    this.folder = folder;
    this.spool = spool;
    this.largest = largest;
    this.progress = progress;
  }

  /**
   * Writes anew what cannot stay as it is.
   *
   * @param files in their order; the fates are about their records
   */
  void write(Collection<RecordFile> files, RecordFates fates, List<String> labels, long shardSize)
      throws Exception {
    try (HeldOut held = new HeldOut(folder, shardSize)) {
      for (RecordFile file : files) {
        List<Manifest.Shard> shards = file.split().equals(TRAIN) ? train : validation;
        Manifest.Shard whole = file.whole(fates::stays);
        if (whole == null) {
          shards.add(rewrite(file, fates, labels, held));
        } else {
          shards.add(whole);
          for (Inspection.Usable record : file.records()) {
            show(record, file.split(), fates, whole.name(), record.listed().row());
          }
        }
      }
      validation.addAll(held.finish());
    }
  }

  private Manifest.Shard rewrite(
      RecordFile file, RecordFates fates, List<String> labels, HeldOut held) throws Exception {
    String name = file.copy().getFileName() + "-new";
    try (ShardWriter writer = new ShardWriter(folder, name)) {
      file.rewrite(
          labels,
          spool,
          largest,
          (record, bytes) -> {
            progress.requireWanted();
            if (fates.isHeldOut(record)) {
              show(record, "validation", fates, held.name(), held.offset());
              held.write(bytes);
            } else if (fates.stays(record)) {
              show(record, file.split(), fates, name, writer.bytes());
              writer.write(bytes);
            }
            progress.advance(bytes.length);
          });
      writer.close();
      return writer.written();
    }
  }

  private void show(
      Inspection.Usable record, String split, RecordFates fates, String shard, long offset) {
    Integer number = fates.shown().get(record);
    if (number != null) {
      samples.add(new Sample(record.label(), split, number, shard, offset));
    }
  }

  /**
   * Gives the split's files their names; one without records goes.
   *
   * @param before shards that the split has already
   */
  List<Manifest.Shard> publish(String split, int before) throws IOException {
    List<Manifest.Shard> shards = new ArrayList<>();
    for (Manifest.Shard shard : split.equals(TRAIN) ? train : validation) {
      if (shard.examples() == 0) {
        Files.delete(folder.resolve(shard.name()));
      } else {
        shards.add(shard);
      }
    }
    List<Manifest.Shard> named = new ArrayList<>();
    for (Manifest.Shard shard : shards) {
      String name = new ShardName(split, before + named.size(), before + shards.size()).toString();
      Files.move(folder.resolve(shard.name()), folder.resolve(name));
      names.put(shard.name(), name);
      named.add(new Manifest.Shard(name, shard.examples(), shard.bytes(), shard.sha256()));
    }
    return named;
  }

  /** Records to show, once their files have names: by class, training before validation. */
  List<Sample> samples() {
    return samples.stream()
        .map(sample -> sample.in(Objects.requireNonNull(names.get(sample.shard()))))
        .sorted(Sample.ORDER)
        .toList();
  }
}
