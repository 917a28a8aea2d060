package dev.trainyard.trainer.input.image;

import java.util.List;
import org.tensorflow.Operand;
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

  @Override
  public Operand<TFloat32> apply(Ops ops, ImageSource image, Operand<TInt64> number) {
    List<Operand<TFloat32>> random = RandomNumbers.uniform(ops, seed, number, 5);
    Operand<TFloat32> lowest = between(ops, random.get(4), -1 - BRIGHTNESS, -1 + BRIGHTNESS);
    Operand<TFloat32> bright = Pixels.scaled(ops, image.whole(ops), lowest);
    Operand<TFloat32> larger =
        Pixels.resized(ops, bright, Interpolation.BILINEAR, height + MARGIN, width + MARGIN);
    Operand<TInt32> corner =
        ops.stack(List.of(offset(ops, random.get(0)), offset(ops, random.get(1)), ops.constant(0)));
    Operand<TFloat32> cropped =
        ops.slice(larger, corner, ops.constant(new int[] {height, width, 3}));
    Operand<TBool> flip = ops.math.less(random.get(2), ops.constant(0.5f));
    Operand<TFloat32> flipped = Pixels.flipped(ops, cropped, flip);
    Operand<TFloat32> contrast = between(ops, random.get(3), LOWEST_CONTRAST, HIGHEST_CONTRAST);
    return ops.image.adjustContrast(flipped, contrast);
  }

  private static Operand<TInt32> offset(Ops ops, Operand<TFloat32> random) {
    return ops.dtypes.cast(ops.math.mul(random, ops.constant((float) (MARGIN + 1))), TInt32.class);
  }

  private static Operand<TFloat32> between(
      Ops ops, Operand<TFloat32> random, float low, float high) {
    return ops.math.add(ops.math.mul(random, ops.constant(high - low)), ops.constant(low));
  }
}
