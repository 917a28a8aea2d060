package dev.trainyard.trainer.input.image;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * An image that was decoded before.
 *
 * @param pixels {@code [height, width, 3]}
 */
public record DecodedImage(Operand<TUint8> pixels) implements ImageSource {

  @Override
  public Operand<TInt32> shape(Ops ops) {
    return ops.shape(pixels);
  }

  @Override
  public Operand<TUint8> whole(Ops ops) {
    return pixels;
  }

  @Override
  public Operand<TUint8> part(Ops ops, Operand<TInt32> window) {
    Operand<TInt32> two = ops.constant(new int[] {2});
    Operand<TInt32> begin =
        ops.concat(
            List.of(ops.slice(window, ops.constant(new int[] {0}), two), zero(ops)),
            ops.constant(0));
    Operand<TInt32> size =
        ops.concat(
            List.of(ops.slice(window, two, two), ops.constant(new int[] {3})), ops.constant(0));
    return ops.slice(pixels, begin, size);
  }

  private static Operand<TInt32> zero(Ops ops) {
    return ops.constant(new int[] {0});
  }
}
