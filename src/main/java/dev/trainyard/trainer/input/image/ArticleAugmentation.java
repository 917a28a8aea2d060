package dev.trainyard.trainer.input.image;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * The article's augmentation: resized 10 pixels larger each way, a random crop, a random horizontal
 * flip, brightness by up to 63/255 either way, contrast by 0.2 to 1.8, then to [-1, 1], not
 * clipped.
 *
 * <p>The operations are arranged for speed. Scaling and brightness commute with everything that
 * follows, so they are part of the conversion to floating point; only an image that is flipped pays
 * for the flip.
 */
record ArticleAugmentation(int height, int width, long seed) implements TrainingImage {

  private static final int MARGIN = 10;
  private static final float BRIGHTNESS = 2 * 63f / 255f;
  private static final float LOWEST_CONTRAST = 0.2f;
  private static final float HIGHEST_CONTRAST = 1.8f;

  /** Top, left, flip if negative, contrast, lowest value: [0, 1) is scaled, then shifted. */
  private static final float[] SCALE = {
    MARGIN + 1, MARGIN + 1, 1, HIGHEST_CONTRAST - LOWEST_CONTRAST, 2 * BRIGHTNESS
  };

  private static final float[] SHIFT = {0, 0, -0.5f, LOWEST_CONTRAST, -1 - BRIGHTNESS};

  @Override
  public Operand<TFloat32> apply(Ops ops, ImageSource image, Operand<TInt64> number) {
    Operand<TFloat32> uniform = RandomNumbers.uniform(ops, seed, number, SCALE.length);
    Operand<TFloat32> drawn =
        ops.math.add(ops.math.mul(uniform, ops.constant(SCALE)), ops.constant(SHIFT));
    List<Output<TFloat32>> each = ops.unstack(drawn, (long) SCALE.length).output();
    Operand<TFloat32> bright = Pixels.scaled(ops, image.whole(ops), each.get(4));
    Operand<TFloat32> larger =
        Pixels.resized(ops, bright, Interpolation.BILINEAR, height + MARGIN, width + MARGIN);
    Operand<TFloat32> cropped =
        ops.slice(larger, corner(ops, drawn), ops.constant(new int[] {height, width, 3}));
    Operand<TBool> flip = ops.math.less(each.get(2), ops.constant(0f));
    Operand<TFloat32> flipped = Pixels.flipped(ops, cropped, flip);
    return ops.image.adjustContrast(flipped, each.get(3));
  }

  /** {@code [3]}: the first two numbers, and the third, which is less than 1, cut off to 0. */
  private static Operand<TInt32> corner(Ops ops, Operand<TFloat32> drawn) {
    return ops.slice(
        ops.dtypes.cast(drawn, TInt32.class),
        ops.constant(new int[] {0}),
        ops.constant(new int[] {3}));
  }
}
