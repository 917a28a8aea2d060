package dev.trainyard.trainer.predict;

import dev.trainyard.trainer.protocol.TensorData;
import dev.trainyard.trainer.protocol.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint16;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** TensorFlow's tensors from what came through the pipe, and back. */
final class Tensors {

  private Tensors() {}

  /** The caller closes it. */
  static Tensor of(TensorData data) {
    Shape shape = Shape.of(data.shape().stream().mapToLong(Long::longValue).toArray());
    if (data.type() == TensorType.STRING) {
      byte[][] strings = data.strings().toArray(byte[][]::new);
      return TString.tensorOfBytes(shape, DataBuffers.ofObjects(strings));
    }
    if (!data.content().hasRemaining()) {
      return Tensor.of(typeOf(data.type()), shape); // it takes no empty buffer
    }
    return Tensor.of(typeOf(data.type()), shape, DataBuffers.of(data.content()));
  }

  static TensorData data(String name, Tensor tensor) {
    List<Long> shape = Arrays.stream(tensor.shape().asArray()).boxed().toList();
    TensorType type = type(tensor.dataType());
    if (tensor instanceof TString strings) {
      return new TensorData(name, type, shape, content(strings));
    }
    byte[] content = new byte[Math.toIntExact(tensor.numBytes())];
    if (content.length > 0) {
      tensor.asRawTensor().data().read(content);
    }
    return new TensorData(name, type, shape, ByteBuffer.wrap(content));
  }

  private static ByteBuffer content(TString tensor) {
    List<byte[]> strings = new ArrayList<>();
    NdArray<byte[]> bytes = tensor.asBytes();
    bytes.scalars().forEach(scalar -> strings.add(scalar.getObject()));
    int size = strings.stream().mapToInt(it -> Integer.BYTES + it.length).reduce(0, Math::addExact);
    ByteBuffer content = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    strings.forEach(string -> content.putInt(string.length).put(string));
    return content.flip();
  }

  private static TensorType type(DataType type) {
    return TensorType.named(name(type))
        .orElseThrow(() -> new IllegalArgumentException("no tensors of type " + name(type)));
  }

  /** Without {@code DT_}. */
  static String name(DataType type) {
    return type.name().substring("DT_".length());
  }

  private static Class<? extends TType> typeOf(TensorType type) {
    return switch (type) {
      case BOOL -> TBool.class;
      case UINT8 -> TUint8.class;
      case UINT16 -> TUint16.class;
      case INT32 -> TInt32.class;
      case INT64 -> TInt64.class;
      case HALF -> TFloat16.class;
      case BFLOAT16 -> TBfloat16.class;
      case FLOAT -> TFloat32.class;
      case DOUBLE -> TFloat64.class;
      case STRING -> TString.class;
    };
  }
}
