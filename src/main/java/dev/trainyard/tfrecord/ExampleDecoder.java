package dev.trainyard.tfrecord;

import static dev.trainyard.tfrecord.WireWriter.DELIMITED;
import static dev.trainyard.tfrecord.WireWriter.FIXED32;
import static dev.trainyard.tfrecord.WireWriter.VARINT;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@link ExampleEncoder} and any Protocol Buffers library write. */
final class ExampleDecoder {

  private ExampleDecoder() {}

  static Example decode(ByteBuffer bytes) throws CorruptRecordException {
    Map<String, Feature> features = new HashMap<>();
    WireReader example = new WireReader(bytes);
    while (example.next()) {
      if (example.at(ExampleEncoder.FEATURES, DELIMITED)) {
        readFeatures(new WireReader(example.delimited()), features);
      } else {
        example.skip();
      }
    }
    return new Example(features);
  }

  private static void readFeatures(WireReader in, Map<String, Feature> features)
      throws CorruptRecordException {
    while (in.next()) {
      if (in.at(ExampleEncoder.ENTRY, DELIMITED)) {
        readEntry(new WireReader(in.delimited()), features);
      } else {
        in.skip();
      }
    }
  }

  private static void readEntry(WireReader in, Map<String, Feature> features)
      throws CorruptRecordException {
    String key = "";
    Feature value = new Feature.Empty();
    while (in.next()) {
      if (in.at(ExampleEncoder.ENTRY_KEY, DELIMITED)) {
        key = StandardCharsets.UTF_8.decode(in.delimited()).toString();
      } else if (in.at(ExampleEncoder.ENTRY_VALUE, DELIMITED)) {
        value = readFeature(new WireReader(in.delimited()));
      } else {
        in.skip();
      }
    }
    features.put(key, value);
  }

  private static Feature readFeature(WireReader in) throws CorruptRecordException {
    Feature feature = new Feature.Empty();
    while (in.next()) {
      if (in.at(ExampleEncoder.BYTES_LIST, DELIMITED)) {
        feature = readBytes(new WireReader(in.delimited()));
      } else if (in.at(ExampleEncoder.FLOAT_LIST, DELIMITED)) {
        feature = readFloats(new WireReader(in.delimited()));
      } else if (in.at(ExampleEncoder.INT64_LIST, DELIMITED)) {
        feature = readInt64s(new WireReader(in.delimited()));
      } else {
        in.skip();
      }
    }
    return feature;
  }

  private static Feature readBytes(WireReader in) throws CorruptRecordException {
    List<byte[]> values = new ArrayList<>();
    while (in.next()) {
      if (in.at(ExampleEncoder.LIST_VALUE, DELIMITED)) {
        ByteBuffer content = in.delimited();
        byte[] value = new byte[content.remaining()];
        content.get(value);
        values.add(value);
      } else {
        in.skip();
      }
    }
    return new Feature.Bytes(values);
  }

  private static Feature readFloats(WireReader in) throws CorruptRecordException {
    List<Float> values = new ArrayList<>();
    while (in.next()) {
      if (in.at(ExampleEncoder.LIST_VALUE, DELIMITED)) {
        WireReader packed = new WireReader(in.delimited());
        while (packed.hasRemaining()) {
          values.add(packed.fixed32());
        }
      } else if (in.at(ExampleEncoder.LIST_VALUE, FIXED32)) {
        values.add(in.fixed32());
      } else {
        in.skip();
      }
    }
    return new Feature.Floats(values);
  }

  private static Feature readInt64s(WireReader in) throws CorruptRecordException {
    List<Long> values = new ArrayList<>();
    while (in.next()) {
      if (in.at(ExampleEncoder.LIST_VALUE, DELIMITED)) {
        WireReader packed = new WireReader(in.delimited());
        while (packed.hasRemaining()) {
          values.add(packed.varint());
        }
      } else if (in.at(ExampleEncoder.LIST_VALUE, VARINT)) {
        values.add(in.varint());
      } else {
        in.skip();
      }
    }
    return new Feature.Int64s(values);
  }
}
