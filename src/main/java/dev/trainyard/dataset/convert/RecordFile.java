package dev.trainyard.dataset.convert;

import dev.trainyard.dataset.listing.ListedImage;
import dev.trainyard.tfrecord.ImageExample;
import dev.trainyard.tfrecord.ImageFields;
import dev.trainyard.tfrecord.TfRecordSalvage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A TFRecord file that was made elsewhere: our copy of it, and what was found in it. */
final class RecordFile {

  private final String split;
  private final Path copy;
  private final Manifest.Shard asItCame;
  private final BitSet unusable = new BitSet();
  private final List<Inspection.Usable> records = new ArrayList<>();
  private int frames;
  private boolean relabelled;

  /**
   * @param asItCame under the copy's name; its records are not counted yet
   */
  RecordFile(String split, Path copy, Manifest.Shard asItCame) {
    this.split = split;
    this.copy = copy;
    this.asItCame = asItCame;
  }

  String split() {
    return split;
  }

  Path copy() {
    return copy;
  }

  /** Those that can be used, in the file's order. */
  List<Inspection.Usable> records() {
    return records;
  }

  void use(Inspection.Usable record) {
    records.add(record);
    frames++;
  }

  void leaveOut() {
    unusable.set(frames++);
  }

  int frames() {
    return frames;
  }

  /**
   * Numbers the labels as the dataset does.
   *
   * @param numbers by the file's own number
   */
  void label(int[] numbers) {
    for (int i = 0; i < records.size(); i++) {
      Inspection.Usable record = records.get(i);
      ListedImage listed = record.listed();
      if (numbers[listed.label()] != listed.label()) {
        relabelled = true;
        records.set(
            i,
            new Inspection.Usable(
                listed.labelled(numbers[listed.label()]),
                record.width(),
                record.height(),
                record.length(),
                record.spooled(),
                record.traits()));
      }
    }
  }

  /** The file itself when every record stays as it is; null when it has to be written anew. */
  Manifest.@Nullable Shard whole(Predicate<Inspection.Usable> stays) {
    for (Inspection.Usable record : records) {
      if (record.reencoded() || !stays.test(record)) {
        return null;
      }
    }
    return relabelled || !unusable.isEmpty()
        ? null
        : new Manifest.Shard(asItCame.name(), records.size(), asItCame.bytes(), asItCame.sha256());
  }

  /** Takes the records of a file that is written anew. */
  interface Target {
    void write(Inspection.Usable record, byte[] bytes) throws Exception;
  }

  /** Passes on every usable record; then the copy is no longer needed. */
  void rewrite(List<String> labels, Spool spool, int largest, Target target) throws Exception {
    try (TfRecordSalvage in = new TfRecordSalvage(copy, largest)) {
      Iterator<Inspection.Usable> usable = records.iterator();
      for (int i = 0; i < frames; i++) {
        TfRecordSalvage.Frame frame = in.next();
        if (frame == null) {
          throw new IOException(copy + " has become shorter");
        }
        if (!unusable.get(i)) {
          Inspection.Usable record = usable.next();
          target.write(record, bytes(record, frame.bytes(), labels, spool));
        }
      }
    }
    Files.delete(copy);
  }

  private byte[] bytes(Inspection.Usable record, byte[] came, List<String> labels, Spool spool)
      throws IOException {
    int label = record.listed().label();
    if (record.spooled() < 0) {
      return relabelled ? ImageFields.relabelled(came, label, labels.get(label)) : came;
    }
    String name = ImageFields.parse(came).filename();
    return new ImageExample(
            record.height(),
            record.width(),
            label,
            labels.get(label),
            name == null ? "" : name,
            spool.read(record.spooled(), record.length()))
        .toBytes();
  }
}
