package dev.trainyard.trainer.protocol;

import java.util.Arrays;
import java.util.Optional;

/** The types of a tensor's elements that a predictor takes and gives, by TensorFlow's names. */
public enum TensorType {
  BOOL(1),
  UINT8(1),
  UINT16(2),
  INT32(4),
  INT64(8),
  HALF(2),
  BFLOAT16(2),
  FLOAT(4),
  DOUBLE(8),
  STRING(0);

  private final int bytes;

  TensorType(int bytes) {
    this.bytes = bytes;
  }

  /** Nothing when TensorFlow Java has no such tensors. */
  public static Optional<TensorType> named(String dtype) {
    return Arrays.stream(values()).filter(type -> type.name().equals(dtype)).findFirst();
  }

  /** Of one element; 0 where each has its own length. */
  public int bytes() {
    return bytes;
  }
}
