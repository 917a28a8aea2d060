package dev.trainyard.trainer.network.layer;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The largest of each square, with stride 2.
 *
 * @param size height and width of the square
 * @param padding {@code VALID}: what does not fill a square is dropped; {@code SAME}: it is not
 */
public record MaxPool2d(String name, int size, String padding) implements Layer {

  @Override
  public Operand<TFloat32> apply(Pass pass, Operand<TFloat32> input) {
    // The first MaxPool operation: oneDNN does not take the second over, which costs a third more.
    return pass.ops()
        .scope()
        .opBuilder("MaxPool", name)
        .addInput(input.asOutput())
        .setAttr("ksize", new long[] {1, size, size, 1})
        .setAttr("strides", new long[] {1, 2, 2, 1})
        .setAttr("padding", padding)
        .build()
        .output(0);
  }
}
