package dev.trainyard.tfrecord;

import static dev.trainyard.tfrecord.WireWriter.sizeOfDelimited;
import static dev.trainyard.tfrecord.WireWriter.sizeOfVarint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes {@code tensorflow/core/example/{example,feature}.proto}: everything is measured first, so
 * that an image is copied once.
 */
final class ExampleEncoder {

  static final int FEATURES = 1;
  static final int ENTRY = 1;
  static final int ENTRY_KEY = 1;
  static final int ENTRY_VALUE = 2;
  static final int BYTES_LIST = 1;
  static final int FLOAT_LIST = 2;
  static final int INT64_LIST = 3;
  static final int LIST_VALUE = 1;

  private record Entry(byte[] key, Feature feature, int listSize) {

    int featureSize() {
      return feature instanceof Feature.Empty ? 0 : sizeOfDelimited(listSize);
    }

    int size() {
      return sizeOfDelimited(key.length) + sizeOfDelimited(featureSize());
    }
  }

  private ExampleEncoder() {}

  static byte[] encode(Example example) {
    List<Entry> entries = new ArrayList<>();
    int featuresSize = 0;
    for (Map.Entry<String, Feature> named : example.features().entrySet()) {
      byte[] key = named.getKey().getBytes(StandardCharsets.UTF_8);
      Entry entry = new Entry(key, named.getValue(), listSize(named.getValue()));
      featuresSize = Math.addExact(featuresSize, sizeOfDelimited(entry.size()));
      entries.add(entry);
    }
    WireWriter out = new WireWriter(sizeOfDelimited(featuresSize)).open(FEATURES, featuresSize);
    for (Entry entry : entries) {
      out.open(ENTRY, entry.size()).bytes(ENTRY_KEY, entry.key());
      out.open(ENTRY_VALUE, entry.featureSize());
      writeList(out, entry);
    }
    return out.toBytes();
  }

  private static int listSize(Feature feature) {
    if (feature instanceof Feature.Bytes bytes) {
      return bytes.values().stream().mapToInt(v -> sizeOfDelimited(v.length)).sum();
    }
    int packed = packedSize(feature);
    return packed == 0 ? 0 : sizeOfDelimited(packed);
  }

  private static int packedSize(Feature feature) {
    if (feature instanceof Feature.Floats floats) {
      return floats.values().size() * Float.BYTES;
    }
    if (feature instanceof Feature.Int64s integers) {
      return integers.values().stream().mapToInt(v -> sizeOfVarint(v)).sum();
    }
    return 0;
  }

  private static void writeList(WireWriter out, Entry entry) {
    if (entry.feature() instanceof Feature.Bytes bytes) {
      out.open(BYTES_LIST, entry.listSize());
      bytes.values().forEach(v -> out.bytes(LIST_VALUE, v));
    } else if (entry.feature() instanceof Feature.Floats floats) {
      out.open(FLOAT_LIST, entry.listSize());
      openPacked(out, entry.feature());
      floats.values().forEach(out::fixed32);
    } else if (entry.feature() instanceof Feature.Int64s integers) {
      out.open(INT64_LIST, entry.listSize());
      openPacked(out, entry.feature());
      integers.values().forEach(out::varint);
    }
  }

  private static void openPacked(WireWriter out, Feature feature) {
    int size = packedSize(feature);
    if (size > 0) {
      out.open(LIST_VALUE, size);
    }
  }
}
