package dev.trainyard.trainer.network;

import dev.trainyard.trainer.graph.Variable;
import dev.trainyard.trainer.graph.Variables;
import dev.trainyard.trainer.network.layer.Pass;
import java.nio.charset.StandardCharsets;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;

/** The weights and images of make_fixtures.py: whole numbers scrambled the same way. */
final class FormulaWeights {

  private FormulaWeights() {}

  /** Gives the variables that a network will ask for their initial values before it does. */
  static Variables of(Graph graph, Network network, Shape images) {
    Ops ops = Ops.create(graph);
    Variables filled = new Variables(graph);
    try (Graph draft = new Graph()) {
      Ops scratch = Ops.create(draft);
      Variables wanted = new Variables(draft);
      network.logits(Pass.inference(scratch, wanted, 1), images(scratch, images));
      for (Variable<?> variable : wanted.all()) {
        filled.float32(
            variable.name(),
            variable.shape(),
            variable.role(),
            () -> values(ops, variable.name(), variable.shape()));
      }
    }
    return filled;
  }

  static Operand<TFloat32> images(Ops ops, Shape shape) {
    Operand<TFloat64> streaks = ops.math.mul(noise(ops, shape.size(), 2, 47), ops.constant(1.5));
    Operand<TFloat64> grain = ops.math.mul(noise(ops, shape.size(), 1, 1), ops.constant(0.5));
    return shaped(ops, ops.math.add(streaks, grain), shape);
  }

  private static Operand<TFloat32> values(Ops ops, String name, Shape shape) {
    long salt = 0;
    for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
      salt += each;
    }
    Operand<TFloat64> noise = noise(ops, shape.size(), salt, 1);
    String part = name.substring(name.lastIndexOf('/') + 1);
    return switch (part) {
      case "kernel" -> {
        double fanIn = (double) shape.size() / shape.get(shape.numDimensions() - 1);
        yield shaped(ops, ops.math.mul(noise, ops.constant(Math.sqrt(24 / fanIn))), shape);
      }
      case "gamma", "moving_variance" -> {
        double scale = name.endsWith("/norm3/gamma") ? 0.125 : 1;
        Operand<TFloat64> around1 = ops.math.add(noise, ops.constant(1.0));
        yield shaped(ops, ops.math.mul(around1, ops.constant(scale)), shape);
      }
      default -> shaped(ops, ops.math.div(noise, ops.constant(2.0)), shape);
    };
  }

  private static Operand<TFloat32> shaped(Ops ops, Operand<TFloat64> values, Shape shape) {
    return ops.reshape(ops.dtypes.cast(values, TFloat32.class), ops.constant(shape.asArray()));
  }

  private static Operand<TFloat64> noise(Ops ops, long size, long salt, long repeat) {
    Operand<TInt64> range = ops.range(ops.constant(0L), ops.constant(size), ops.constant(1L));
    Operand<TInt64> index = ops.math.floorDiv(range, ops.constant(repeat));
    Operand<TInt64> x =
        ops.math.floorMod(
            ops.math.add(
                ops.math.mul(index, ops.constant(2_654_435_761L)), ops.constant(salt * 40_503)),
            ops.constant(4_294_967_296L));
    Operand<TInt64> high =
        ops.math.mul(ops.math.floorDiv(x, ops.constant(65_536L)), ops.constant(31L));
    Operand<TInt64> mixed = ops.math.floorMod(ops.math.add(high, x), ops.constant(65_521L));
    return ops.math.div(
        ops.dtypes.cast(ops.math.sub(mixed, ops.constant(32_760L)), TFloat64.class),
        ops.constant(65_521.0));
  }
}
