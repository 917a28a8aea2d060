package dev.trainyard.trainer.input.image;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * The middle of an image, in the aspect of what it is resized to: of the largest such window, the
 * given fraction of each side. For a square that is the reference ResNet's centre crop, with {@code
 * fraction * min(height, width)} rounded down.
 *
 * @param height of what the window is resized to, in pixels; only the ratio to {@code width} counts
 */
record CentralWindow(int height, int width, double fraction) {

  /**
   * @param shape {@code [3]}: height, width, channels
   * @return {@code [4]}: top, left, height, width
   */
  Operand<TInt32> of(Ops ops, Operand<TInt32> shape) {
    List<Operand<TInt32>> sides =
        ops.unstack(shape, 3L).output().stream().<Operand<TInt32>>map(side -> side).toList();
    Operand<TFloat64> high = ops.dtypes.cast(sides.get(0), TFloat64.class);
    Operand<TFloat64> wide = ops.dtypes.cast(sides.get(1), TFloat64.class);
    Operand<TFloat64> limit =
        ops.math.minimum(
            ops.math.mul(high, ops.constant((double) width)),
            ops.math.mul(wide, ops.constant((double) height)));
    Operand<TInt32> windowHeight = share(ops, limit, width);
    Operand<TInt32> windowWidth = share(ops, limit, height);
    return ops.stack(
        List.of(
            margin(ops, sides.get(0), windowHeight),
            margin(ops, sides.get(1), windowWidth),
            windowHeight,
            windowWidth));
  }

  private Operand<TInt32> share(Ops ops, Operand<TFloat64> limit, int other) {
    Operand<TFloat64> whole = ops.math.div(limit, ops.constant((double) other));
    Operand<TInt32> part =
        ops.dtypes.cast(ops.math.mul(whole, ops.constant(fraction)), TInt32.class);
    return ops.math.maximum(part, ops.constant(1));
  }

  /** Rounded up, as the reference does. */
  private static Operand<TInt32> margin(Ops ops, Operand<TInt32> side, Operand<TInt32> window) {
    return ops.math.floorDiv(
        ops.math.add(ops.math.sub(side, window), ops.constant(1)), ops.constant(2));
  }
}
