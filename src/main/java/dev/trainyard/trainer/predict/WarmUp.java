package dev.trainyard.trainer.predict;

import dev.trainyard.trainer.protocol.PredictorFrame;
import dev.trainyard.trainer.protocol.PredictorMessage.Run;
import dev.trainyard.trainer.protocol.TensorData;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * A tiny picture through a tiny network, there and back through a frame. After it the classes are
 * loaded, and the native library has found its kernels and started its threads: the model that
 * follows need not wait for that.
 */
final class WarmUp {

  private static final int SIDE = 8;

  private WarmUp() {}

  static void run() throws IOException {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops ops = Ops.create(graph);
      var black = ops.zeros(ops.constant(new int[] {SIDE, SIDE, 3}), TUint8.class);
      Placeholder<TString> encoded = ops.placeholder(TString.class);
      Operand<TUint8> decoded =
          ops.reshape(ops.image.decodeJpeg(encoded), shape(ops, 1, SIDE, SIDE, 3));
      Operand<TFloat32> image = ops.image.resizeBilinear(decoded, shape(ops, 16, 16));
      Operand<TFloat32> kernel = ops.zeros(shape(ops, 3, 3, 3, 4), TFloat32.class);
      Operand<TFloat32> features =
          ops.nn.relu(ops.nn.conv2d(image, kernel, List.of(1L, 1L, 1L, 1L), "SAME"));
      Operand<TFloat32> flat = ops.reshape(features, shape(ops, 1, -1));
      Operand<TFloat32> logits =
          ops.linalg.matMul(flat, ops.zeros(shape(ops, 16 * 16 * 4, 2), TFloat32.class));
      TensorData jpeg;
      try (Result result = session.runner().fetch(ops.image.encodeJpeg(black)).run()) {
        jpeg = Tensors.data("jpeg", result.get(0));
      }
      try (Tensor input = Tensors.of(throughFrame(jpeg));
          Result result =
              session.runner().feed(encoded, input).fetch(ops.nn.softmax(logits)).run()) {
        Tensors.data("probabilities", result.get(0));
      }
    }
  }

  private static TensorData throughFrame(TensorData tensor) throws IOException {
    ByteArrayOutputStream pipe = new ByteArrayOutputStream();
    new PredictorFrame(new Run(0, "", 1, 0), List.of(tensor)).writeTo(pipe);
    PredictorFrame frame =
        PredictorFrame.read(new ByteArrayInputStream(pipe.toByteArray()), Integer.MAX_VALUE);
    return frame == null ? tensor : frame.tensors().get(0);
  }

  private static Operand<org.tensorflow.types.TInt32> shape(Ops ops, int... sides) {
    return ops.constant(sides);
  }
}
