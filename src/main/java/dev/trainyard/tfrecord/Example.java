package dev.trainyard.tfrecord;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code tf.train.Example}: named features. Keys are written in order, so equal examples are equal
 * bytes, and the same as those of Python's {@code SerializeToString(deterministic=True)}.
 *
 * @param features by key, in the keys' order
 */
public record Example(Map<String, Feature> features) {

  public Example(Map<String, Feature> features) {
    this.features = Collections.unmodifiableMap(new TreeMap<>(features));
  }

  public byte[] toBytes() {
    return ExampleEncoder.encode(this);
  }

  /**
   * @throws CorruptRecordException when the bytes are not an Example; names the offset in them
   */
  public static Example parse(byte[] bytes) throws CorruptRecordException {
    return ExampleDecoder.decode(ByteBuffer.wrap(bytes));
  }
}
