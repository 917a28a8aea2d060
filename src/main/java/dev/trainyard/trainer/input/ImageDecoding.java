package dev.trainyard.trainer.input;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.image.DecodeJpeg;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * Encoded image to network input, with nothing random: what evaluation and serving see, and
 * training too when it does not augment. JPEGs, and PNGs likewise, become three channels; the
 * resize is TensorFlow 1's bilinear one (neither half-pixel centres nor aligned corners).
 */
public record ImageDecoding(int height, int width) {

  /** Maps [0, 255] to [-1, 1]. */
  static final float SCALE = 2f / 255f;

  /**
   * @param encoded scalar
   * @return {@code [height, width, 3]} in [-1, 1]
   */
  public Operand<TFloat32> apply(Ops ops, Operand<TString> encoded) {
    Operand<TFloat32> pixels = resized(ops, encoded, height, width);
    return ops.math.sub(ops.math.mul(pixels, ops.constant(SCALE)), ops.constant(1f));
  }

  /** {@code [height, width, 3]} in [0, 255]. */
  static Operand<TFloat32> resized(Ops ops, Operand<TString> encoded, int height, int width) {
    // Resizing bytes as they are would save the cast, but the operation is slower on them.
    Operand<TFloat32> pixels =
        ops.dtypes.cast(ops.image.decodeJpeg(encoded, DecodeJpeg.channels(3L)), TFloat32.class);
    Operand<TFloat32> batch = ops.expandDims(pixels, ops.constant(0));
    Operand<TFloat32> resized =
        ops.image.resizeBilinear(batch, ops.constant(new int[] {height, width}));
    return ops.squeeze(resized, Squeeze.axis(List.of(0L)));
  }
}
