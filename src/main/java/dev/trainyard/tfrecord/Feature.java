package dev.trainyard.tfrecord;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The value of one key: a list of byte strings, of 64-bit integers or of 32-bit floats. */
public sealed interface Feature {

  /** {@code tf.train.BytesList}. */
  record Bytes(List<byte[]> values) implements Feature {}

  /** {@code tf.train.Int64List}. */
  record Int64s(List<Long> values) implements Feature {}

  /** {@code tf.train.FloatList}. */
  record Floats(List<Float> values) implements Feature {}

  /** A feature that was written without any of the three lists. */
  record Empty() implements Feature {}

  static Feature of(byte[] value) {
    return new Bytes(List.of(value));
  }

  static Feature of(String value) {
    return of(value.getBytes(StandardCharsets.UTF_8));
  }

  static Feature of(long value) {
    return new Int64s(List.of(value));
  }
}
