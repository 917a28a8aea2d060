package dev.trainyard.model.tensor;

import dev.trainyard.trainer.protocol.TensorData;
import dev.trainyard.trainer.protocol.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Tensors of byte strings. */
public final class Strings {

  private Strings() {}

  /** One row for each. */
  public static TensorData tensor(String name, List<byte[]> strings) {
    int size = strings.stream().mapToInt(it -> Integer.BYTES + it.length).reduce(0, Math::addExact);
    ByteBuffer content = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    strings.forEach(string -> content.putInt(string.length).put(string));
    return new TensorData(name, TensorType.STRING, List.of((long) strings.size()), content.flip());
  }
}
