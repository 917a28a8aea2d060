package dev.trainyard.trainer.network;

import dev.trainyard.spec.ResNetSpec;
import dev.trainyard.trainer.network.layer.BatchNorm;
import dev.trainyard.trainer.network.layer.Dense;
import dev.trainyard.trainer.network.layer.Initial;
import dev.trainyard.trainer.network.layer.Layer;
import dev.trainyard.trainer.network.layer.MaxPool2d;
import dev.trainyard.trainer.network.layer.PaddedConv2d;
import dev.trainyard.trainer.network.layer.Pass;
import dev.trainyard.trainer.network.layer.ResidualBlock;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Residual networks, version 1 (He et al., 2015), as the TPU reference model has them: paddings
 * that do not depend on the image's size, the stride of a bottleneck on its 3x3 convolution, batch
 * normalization with momentum 0.9 and epsilon 1e-5, the last gamma of each block 0 at first, and a
 * shortcut with weights only where the shape changes. Variables are named by group and unit: {@code
 * block1_unit1/conv1/kernel}, {@code block1_unit1/norm1/gamma}.
 *
 * <p>With 1,000 classes gradients change 11,689,512 (18), 21,797,672 (34), 25,557,032 (50) and
 * 44,549,160 (101) parameters, the published numbers; moving averages come on top of them.
 */
final class ResNetNetwork implements Network {

  /** Of a bottleneck: how many outputs it has for each of its 3x3 convolution's filters. */
  private static final int EXPANSION = 4;

  private final Layer layers;

  ResNetNetwork(ResNetSpec spec, int classes) {
    List<Layer> all = new ArrayList<>();
    convolve(all, "conv1", "norm1", 7, 64, 2, 1);
    all.add(Layer.relu());
    all.add(new MaxPool2d("pool1", 3, "SAME"));
    boolean bottlenecks = spec.depth() >= 50;
    List<Integer> units = units(spec.depth());
    int inputs = 64;
    for (int group = 0; group < units.size(); group++) {
      int filters = 64 << group;
      int outputs = bottlenecks ? EXPANSION * filters : filters;
      for (int unit = 0; unit < units.get(group); unit++) {
        String path = "block" + (group + 1) + "_unit" + (unit + 1) + "/";
        int stride = group > 0 && unit == 0 ? 2 : 1;
        List<Layer> shortcut = new ArrayList<>();
        if (stride > 1 || inputs != outputs) {
          convolve(shortcut, path + "shortcut", path + "shortcut_norm", 1, outputs, stride, 1);
        }
        List<Layer> residual =
            bottlenecks ? bottleneck(path, filters, stride) : basic(path, filters, stride);
        all.add(new ResidualBlock(Layer.sequence(residual), Layer.sequence(shortcut)));
        inputs = outputs;
      }
    }
    all.add(Layer.globalAveragePool());
    all.add(new Dense("dense", classes, Initial::smallNormal));
    layers = Layer.sequence(all);
  }

  private static List<Integer> units(int depth) {
    return switch (depth) {
      case 18 -> List.of(2, 2, 2, 2);
      case 34, 50 -> List.of(3, 4, 6, 3);
      case 101 -> List.of(3, 4, 23, 3);
      default ->
          throw new IllegalArgumentException(
              "model.depth is " + depth + ", not one of 18, 34, 50, 101");
    };
  }

  private static List<Layer> basic(String path, int filters, int stride) {
    List<Layer> layers = new ArrayList<>();
    convolve(layers, path + "conv1", path + "norm1", 3, filters, stride, 1);
    layers.add(Layer.relu());
    convolve(layers, path + "conv2", path + "norm2", 3, filters, 1, 0);
    return layers;
  }

  private static List<Layer> bottleneck(String path, int filters, int stride) {
    List<Layer> layers = new ArrayList<>();
    convolve(layers, path + "conv1", path + "norm1", 1, filters, 1, 1);
    layers.add(Layer.relu());
    convolve(layers, path + "conv2", path + "norm2", 3, filters, stride, 1);
    layers.add(Layer.relu());
    convolve(layers, path + "conv3", path + "norm3", 1, EXPANSION * filters, 1, 0);
    return layers;
  }

  private static void convolve(
      List<Layer> layers,
      String convolution,
      String norm,
      int kernelSize,
      int filters,
      int stride,
      float gamma) {
    layers.add(new PaddedConv2d(convolution, kernelSize, filters, stride));
    layers.add(new BatchNorm(norm, 0.9f, 1e-5f, gamma));
  }

  @Override
  public Operand<TFloat32> logits(Pass pass, Operand<TFloat32> images) {
    return layers.apply(pass, images);
  }
}
