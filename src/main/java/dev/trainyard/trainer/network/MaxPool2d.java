package dev.trainyard.trainer.network;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The largest of each 2x2 square, stride 2, no padding: an odd last row or column is dropped. */
record MaxPool2d(String name) implements Layer {

  @Override
  public Operand<TFloat32> apply(Pass pass, Operand<TFloat32> input) {
    // The first MaxPool operation: oneDNN does not take the second over, which costs a third more.
    long[] square = {1, 2, 2, 1};
    return pass.ops()
        .scope()
        .opBuilder("MaxPool", name)
        .addInput(input.asOutput())
        .setAttr("ksize", square)
        .setAttr("strides", square)
        .setAttr("padding", "VALID")
        .build()
        .output(0);
  }
}
