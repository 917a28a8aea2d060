package dev.trainyard.tfrecord;

import dev.trainyard.fuzz.FuzzTarget;
import dev.trainyard.fuzz.Scratch;
import java.nio.file.Path;

/** Reads a file of records, strictly and as far as can be, and then all of it as one record. */
public final class RecordTarget implements FuzzTarget {

  private final Scratch scratch = new Scratch();

  @Override
  public void take(byte[] bytes) throws Exception {
    Path file = scratch.write("records", bytes);
    try (TfRecordReader in = new TfRecordReader(file)) {
      for (byte[] record = in.read(); record != null; record = in.read()) {
        parse(record);
      }
    } catch (CorruptRecordException refused) {
      // As it should be.
    }
    long frames = 0;
    try (TfRecordSalvage in = new TfRecordSalvage(file, 1 << 16)) {
      for (TfRecordSalvage.Frame frame = in.next(); frame != null; frame = in.next()) {
        frames++;
        parse(frame.bytes());
      }
    }
    if (frames > bytes.length + 1 || TfRecordSalvage.count(file) > frames) {
      throw new AssertionError("There cannot be so many records");
    }
    parse(bytes);
  }

  private static void parse(byte[] record) {
    try {
      Example.parse(record).toBytes();
      ImageExample.parse(record);
    } catch (CorruptRecordException refused) {
      // As it should be.
    }
    try {
      ImageFields.parse(record);
      ImageFields.relabelled(record, 1, "one");
    } catch (CorruptRecordException refused) {
      // Likewise.
    }
  }
}
