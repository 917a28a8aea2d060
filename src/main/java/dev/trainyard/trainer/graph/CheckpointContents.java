package dev.trainyard.trainer.graph;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_CheckpointReaderGetVariable;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_CheckpointReaderGetVariableDataType;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_CheckpointReaderGetVariableNumDims;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_CheckpointReaderGetVariableShape;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_CheckpointReaderSize;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteCheckpointReader;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewCheckpointReader;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TF_CheckpointReader;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;

/** Looks up what a checkpoint holds, by the C API's reader; TensorFlow Java has no call for it. */
final class CheckpointContents {

  private CheckpointContents() {}

  /** The float32 tensors of the checkpoint with their shapes, by name. */
  static Map<String, Shape> float32(Path prefix) {
    TensorFlow.version(); // loads the library
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_CheckpointReader reader = TF_NewCheckpointReader(prefix.toString(), status);
      status.throwExceptionIfNotOK();
      try {
        Map<String, Shape> tensors = new TreeMap<>();
        for (int i = 0; i < TF_CheckpointReaderSize(reader); i++) {
          BytePointer name = TF_CheckpointReaderGetVariable(reader, i);
          if (TF_CheckpointReaderGetVariableDataType(reader, name) == DataType.DT_FLOAT_VALUE) {
            tensors.put(name.getString(), shape(reader, name, status));
          }
        }
        return tensors;
      } finally {
        TF_DeleteCheckpointReader(reader);
      }
    }
  }

  private static Shape shape(TF_CheckpointReader reader, BytePointer name, TF_Status status) {
    long[] sizes = new long[TF_CheckpointReaderGetVariableNumDims(reader, name)];
    TF_CheckpointReaderGetVariableShape(reader, name, sizes, sizes.length, status);
    status.throwExceptionIfNotOK();
    return Shape.of(sizes);
  }
}
