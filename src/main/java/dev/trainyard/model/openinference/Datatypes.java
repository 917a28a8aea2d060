package dev.trainyard.model.openinference;

import dev.trainyard.trainer.protocol.TensorType;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The protocol's names of types. */
final class Datatypes {

  /** All of them, for people. */
  static final String SERVED =
      Arrays.stream(TensorType.values()).map(Datatypes::of).collect(Collectors.joining(", "));

  private Datatypes() {}

  static String of(TensorType type) {
    return switch (type) {
      case HALF -> "FP16";
      case BFLOAT16 -> "BF16";
      case FLOAT -> "FP32";
      case DOUBLE -> "FP64";
      case STRING -> "BYTES";
      case BOOL, UINT8, UINT16, INT32, INT64 -> type.name();
    };
  }

  /**
   * @param dtype TensorFlow's name, which stands for itself where the protocol has none
   */
  static String of(String dtype) {
    return TensorType.named(dtype).map(Datatypes::of).orElse(dtype);
  }

  static Optional<TensorType> named(String datatype) {
    return Arrays.stream(TensorType.values()).filter(type -> of(type).equals(datatype)).findFirst();
  }
}
