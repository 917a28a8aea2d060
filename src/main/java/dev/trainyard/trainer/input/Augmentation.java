package dev.trainyard.trainer.input;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * The article's augmentation: resized 10 pixels larger each way, a random crop, a random horizontal
 * flip, brightness by up to 63/255 either way, contrast by 0.2 to 1.8, then to [-1, 1], not
 * clipped.
 *
 * <p>What is random depends only on the seed and the record's number in the run, so that a resumed
 * run goes on as if nothing had happened. The operations are arranged for speed: the flip is a
 * gather of columns that does half the crop too; brightness commutes with contrast, so it is one
 * addition together with the scaling.
 */
record Augmentation(int height, int width, long seed) {

  private static final int MARGIN = 10;
  private static final float BRIGHTNESS = 63f / 255f;
  private static final float LOWEST_CONTRAST = 0.2f;
  private static final float HIGHEST_CONTRAST = 1.8f;

  /**
   * @param encoded scalar
   * @param index scalar: the record's number since the start of training
   * @return {@code [height, width, 3]}
   */
  Operand<TFloat32> apply(Ops ops, Operand<TString> encoded, Operand<TInt64> index) {
    List<Operand<TFloat32>> random = random(ops, index, 5);
    Operand<TFloat32> larger = ImageDecoding.resized(ops, encoded, height + MARGIN, width + MARGIN);
    Operand<TInt32> top = offset(ops, random.get(0));
    Operand<TInt32> left = offset(ops, random.get(1));
    Operand<TFloat32> rows =
        ops.slice(
            larger,
            ops.stack(List.of(top, ops.constant(0), ops.constant(0))),
            ops.constant(new int[] {height, -1, 3}));
    Operand<TFloat32> cropped =
        ops.gather(rows, columns(ops, left, random.get(2)), ops.constant(1));

    Operand<TFloat32> contrast = between(ops, random.get(3), LOWEST_CONTRAST, HIGHEST_CONTRAST);
    Operand<TFloat32> brightness = between(ops, random.get(4), -BRIGHTNESS, BRIGHTNESS);
    Operand<TFloat32> shift =
        ops.math.sub(ops.math.mul(brightness, ops.constant(2f)), ops.constant(1f));
    Operand<TFloat32> contrasted = ops.image.adjustContrast(cropped, contrast);
    return ops.math.add(ops.math.mul(contrasted, ops.constant(ImageDecoding.SCALE)), shift);
  }

  /** Scalars in [0, 1). */
  private List<Operand<TFloat32>> random(Ops ops, Operand<TInt64> index, int count) {
    Operand<TFloat32> numbers =
        ops.random.statelessRandomUniform(
            ops.constant(new int[] {count}), ops.stack(List.of(ops.constant(seed), index)));
    return ops.unstack(numbers, (long) count).output().stream()
        .<Operand<TFloat32>>map(number -> number)
        .toList();
  }

  private static Operand<TInt32> offset(Ops ops, Operand<TFloat32> random) {
    return ops.dtypes.cast(ops.math.mul(random, ops.constant((float) (MARGIN + 1))), TInt32.class);
  }

  /** The columns of the crop, backwards in one of two cases: {@code [width]}. */
  private Operand<TInt32> columns(Ops ops, Operand<TInt32> left, Operand<TFloat32> random) {
    Operand<TInt32> flip = ops.dtypes.cast(ops.math.less(random, ops.constant(0.5f)), TInt32.class);
    Operand<TInt32> stride = ops.math.sub(ops.constant(1), ops.math.mul(flip, ops.constant(2)));
    Operand<TInt32> first = ops.math.add(left, ops.math.mul(flip, ops.constant(width - 1)));
    Operand<TInt32> steps = ops.range(ops.constant(0), ops.constant(width), ops.constant(1));
    return ops.math.add(first, ops.math.mul(steps, stride));
  }

  private static Operand<TFloat32> between(
      Ops ops, Operand<TFloat32> random, float low, float high) {
    return ops.math.add(ops.math.mul(random, ops.constant(high - low)), ops.constant(low));
  }
}
