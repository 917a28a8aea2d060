package dev.trainyard.trainer.input.image;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * The reference ResNet's augmentation: a part of the image with a random 8 to 100 % of its area and
 * an aspect between 3/4 and 4/3, resized (bicubic), flipped left to right or not; in [-1, 1] but
 * for what the bicubic kernel overshoots.
 *
 * <p>When no such part was found, which leaves the whole image, evaluation's central part is taken
 * instead, as the reference does.
 *
 * @param plain how evaluation treats an image
 */
record ResnetAugmentation(ImageDecoding plain, long seed) implements TrainingImage {

  private static final float SMALLEST_AREA = 0.08f;
  private static final float LOWEST_ASPECT = 3f / 4f;
  private static final float HIGHEST_ASPECT = 4f / 3f;
  private static final float LEAST_COVERED = 0.1f;
  private static final int ATTEMPTS = 100;

  @Override
  public Operand<TFloat32> apply(Ops ops, ImageSource image, Operand<TInt64> number) {
    Operand<TInt32> window = window(ops, image.shape(ops), number);
    Operand<TFloat32> part = Pixels.scaled(ops, image.part(ops, window));
    Operand<TFloat32> resized =
        Pixels.resized(ops, part, plain.interpolation(), plain.height(), plain.width());
    // With the window's own seed, the two would go together.
    Operand<TFloat32> random = RandomNumbers.uniform(ops, ~seed, number, 1);
    Operand<TBool> flip = ops.squeeze(ops.math.less(random, ops.constant(0.5f)));
    return Pixels.flipped(ops, resized, flip);
  }

  /** {@code [4]}: top, left, height, width. */
  private Operand<TInt32> window(Ops ops, Operand<TInt32> shape, Operand<TInt64> number) {
    float[][][] wholeImage = {{{0, 0, 1, 1}}};
    Operation sampled =
        ops.scope()
            .opBuilder("StatelessSampleDistortedBoundingBox", "window")
            .addInput(shape.asOutput())
            .addInput(ops.constant(wholeImage).asOutput())
            .addInput(ops.constant(LEAST_COVERED).asOutput())
            .addInput(RandomNumbers.seed(ops, seed, number).asOutput())
            .setAttr("aspect_ratio_range", new float[] {LOWEST_ASPECT, HIGHEST_ASPECT})
            .setAttr("area_range", new float[] {SMALLEST_AREA, 1})
            .setAttr("max_attempts", ATTEMPTS)
            .setAttr("use_image_if_no_bounding_boxes", true)
            .build();
    Operand<TInt32> corner = sides(ops, sampled.output(0).expect(TInt32.class));
    Operand<TInt32> size = sides(ops, sampled.output(1).expect(TInt32.class));
    Operand<TBool> nothingFound = ops.all(ops.math.equal(size, sides(ops, shape)), ops.constant(0));
    return ops.select(
        nothingFound,
        plain.centre().of(ops, shape),
        ops.concat(List.of(corner, size), ops.constant(0)));
  }

  private static Operand<TInt32> sides(Ops ops, Operand<TInt32> three) {
    return ops.slice(three, ops.constant(new int[] {0}), ops.constant(new int[] {2}));
  }
}
