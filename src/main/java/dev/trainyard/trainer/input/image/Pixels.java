package dev.trainyard.trainer.input.image;

import dev.trainyard.trainer.graph.Choice;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.image.DecodeJpeg;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/** What every way of treating an image has in common. */
public final class Pixels {

  private Pixels() {}

  /**
   * A JPEG's pixels, or a PNG's likewise.
   *
   * @param encoded scalar
   * @return {@code [height, width, 3]}
   */
  public static Operand<TUint8> decoded(Ops ops, Operand<TString> encoded) {
    return ops.image.decodeJpeg(encoded, DecodeJpeg.channels(3L));
  }

  /** [0, 255] to [-1, 1]. */
  static Operand<TFloat32> scaled(Ops ops, Operand<TUint8> pixels) {
    return scaled(ops, pixels, ops.constant(-1f));
  }

  /**
   * [0, 255] to [lowest, lowest + 2]. Dequantization is the one operation that converts, multiplies
   * and adds in a single pass over the pixels.
   */
  static Operand<TFloat32> scaled(Ops ops, Operand<TUint8> pixels, Operand<TFloat32> lowest) {
    Output<?> quantized =
        ops.scope()
            .opBuilder("Bitcast", "as_quantized")
            .addInput(pixels.asOutput())
            .setAttr("type", DataType.DT_QUINT8)
            .build()
            .output(0);
    return ops.scope()
        .opBuilder("Dequantize", "scaled")
        .addInput(quantized)
        .addInput(lowest.asOutput())
        .addInput(ops.math.add(lowest, ops.constant(2f)).asOutput())
        .setAttr("mode", "MIN_COMBINED")
        .setAttr("dtype", DataType.DT_FLOAT)
        .build()
        .output(0)
        .expect(TFloat32.class);
  }

  /**
   * @param image {@code [h, w, 3]}
   * @return {@code [height, width, 3]}
   */
  static Operand<TFloat32> resized(
      Ops ops, Operand<TFloat32> image, Interpolation interpolation, int height, int width) {
    Operand<TFloat32> batch = ops.expandDims(image, ops.constant(0));
    Operand<TInt32> size = ops.constant(new int[] {height, width});
    Operand<TFloat32> resized =
        switch (interpolation) {
          case BILINEAR -> ops.image.resizeBilinear(batch, size);
          case BICUBIC -> ops.image.resizeBicubic(batch, size);
        };
    return ops.squeeze(resized, Squeeze.axis(List.of(0L)));
  }

  /**
   * @param image {@code [height, width, 3]}, mirrored left to right where {@code flip} holds
   */
  static Operand<TFloat32> flipped(Ops ops, Operand<TFloat32> image, Operand<TBool> flip) {
    return Choice.when(ops, flip, image, i -> ops.reverse(i, ops.constant(new int[] {1})));
  }
}
