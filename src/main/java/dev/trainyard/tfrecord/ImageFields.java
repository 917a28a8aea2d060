package dev.trainyard.tfrecord;

import static dev.trainyard.tfrecord.WireWriter.DELIMITED;
import static dev.trainyard.tfrecord.WireWriter.VARINT;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a reader needs of an image's record, whoever wrote it: nothing else is kept in memory,
 * whatever else it holds.
 *
 * @param label as it is stored, from 1
 * @param synset the label's text; null when it is not there
 * @param filename null when it is not there
 * @param encoded the image
 */
public record ImageFields(
    long label, @Nullable String synset, @Nullable String filename, byte[] encoded) {

  private static final int LONGEST_TEXT = 4096;

  /**
   * @throws CorruptRecordException when the bytes are not an Example, or have no single label and
   *     image
   */
  public static ImageFields parse(byte[] record) throws CorruptRecordException {
    Found found = new Found();
    WireReader example = new WireReader(ByteBuffer.wrap(record));
    while (example.next()) {
      if (example.at(ExampleEncoder.FEATURES, DELIMITED)) {
        readFeatures(new WireReader(example.delimited()), found);
      } else {
        example.skip();
      }
    }
    Long label = found.label;
    ByteBuffer encoded = found.encoded;
    if (label == null) {
      throw new CorruptRecordException("it has no single integer 'image/class/label'");
    }
    if (encoded == null) {
      throw new CorruptRecordException("it has no single byte string 'image/encoded'");
    }
    byte[] image = new byte[encoded.remaining()];
    encoded.get(image);
    return new ImageFields(label, text(found.synset), text(found.filename), image);
  }

  /** The record with another label in place of its own. */
  public static byte[] relabelled(byte[] record, int labelIndex, String label)
      throws CorruptRecordException {
    java.util.Map<String, Feature> features =
        new java.util.HashMap<>(Example.parse(record).features());
    features.put(ImageExample.LABEL, Feature.of(labelIndex + 1L));
    features.put(ImageExample.SYNSET, Feature.of(label));
    return new Example(features).toBytes();
  }

  private static final class Found {
    private @Nullable Long label;
    private @Nullable ByteBuffer synset;
    private @Nullable ByteBuffer filename;
    private @Nullable ByteBuffer encoded;
  }

  private static void readFeatures(WireReader in, Found found) throws CorruptRecordException {
    while (in.next()) {
      if (in.at(ExampleEncoder.ENTRY, DELIMITED)) {
        readEntry(new WireReader(in.delimited()), found);
      } else {
        in.skip();
      }
    }
  }

  private static void readEntry(WireReader in, Found found) throws CorruptRecordException {
    String key = "";
    ByteBuffer value = ByteBuffer.allocate(0);
    while (in.next()) {
      if (in.at(ExampleEncoder.ENTRY_KEY, DELIMITED)) {
        key = String.valueOf(text(in.delimited()));
      } else if (in.at(ExampleEncoder.ENTRY_VALUE, DELIMITED)) {
        value = in.delimited();
      } else {
        in.skip();
      }
    }
    switch (key) {
      case ImageExample.LABEL -> found.label = integer(value);
      case ImageExample.SYNSET -> found.synset = bytes(value);
      case ImageExample.FILENAME -> found.filename = bytes(value);
      case ImageExample.ENCODED -> found.encoded = bytes(value);
      default -> {
        // Whatever it is, it stays in the record.
      }
    }
  }

  private static @Nullable ByteBuffer bytes(ByteBuffer feature) throws CorruptRecordException {
    WireReader list = list(feature, ExampleEncoder.BYTES_LIST);
    ByteBuffer only = null;
    while (list.next()) {
      if (only != null || !list.at(ExampleEncoder.LIST_VALUE, DELIMITED)) {
        return null;
      }
      only = list.delimited();
    }
    return only;
  }

  private static @Nullable Long integer(ByteBuffer feature) throws CorruptRecordException {
    WireReader list = list(feature, ExampleEncoder.INT64_LIST);
    Long only = null;
    while (list.next()) {
      if (only == null && list.at(ExampleEncoder.LIST_VALUE, VARINT)) {
        only = list.varint();
      } else if (only == null && list.at(ExampleEncoder.LIST_VALUE, DELIMITED)) {
        WireReader packed = new WireReader(list.delimited());
        only = packed.hasRemaining() ? (Long) packed.varint() : null;
        if (packed.hasRemaining()) {
          return null;
        }
      } else {
        return null;
      }
    }
    return only;
  }

  /** The list of that kind in a feature; an empty one when it has none. */
  private static WireReader list(ByteBuffer feature, int kind) throws CorruptRecordException {
    WireReader in = new WireReader(feature.duplicate());
    ByteBuffer list = ByteBuffer.allocate(0);
    while (in.next()) {
      if (in.at(kind, DELIMITED)) {
        list = in.delimited();
      } else {
        in.skip();
      }
    }
    return new WireReader(list);
  }

  private static @Nullable String text(@Nullable ByteBuffer bytes) {
    return bytes == null || bytes.remaining() > LONGEST_TEXT
        ? null
        : StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
  }
}
