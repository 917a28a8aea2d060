package dev.trainyard.trainer.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.spec.AcceleratorSpec;
import dev.trainyard.spec.Precision;
import dev.trainyard.trainer.device.Accelerator;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Where the processor has no bfloat16, TensorFlow leaves all in float32, and this always holds. */
class Float32Test {

  @Test
  void what_follows_a_product_in_bfloat16_is_computed_in_float32() {
    try (Graph graph = new Graph()) {
      Ops ops = Ops.create(graph);
      Placeholder<TFloat32> fed =
          ops.placeholder(TFloat32.class, Placeholder.shape(Shape.of(32, 32)));
      Operand<TFloat32> product = Float32.from(ops, ops.linalg.matMul(fed, fed));
      Operand<TFloat32> sum = ops.math.abs(ops.math.add(product, ops.constant(1f)));
      Accelerator accelerator = Accelerator.of(new AcceleratorSpec(null, null), Precision.BFLOAT16);
      try (Session session = new Session(graph, accelerator.session());
          TFloat32 fours =
              TFloat32.tensorOf(Shape.of(32, 32), t -> t.scalars().forEach(s -> s.setFloat(4)));
          Result result = session.runner().feed(fed, fours).fetch(sum).run()) {
        // 513 in bfloat16, with its 8 digits, is 512.
        assertThat(((TFloat32) result.get(0)).getFloat(0, 0)).isEqualTo(32 * 16 + 1);
      }
    }
  }
}
