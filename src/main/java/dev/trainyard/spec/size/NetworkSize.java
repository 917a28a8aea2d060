package dev.trainyard.spec.size;

import dev.trainyard.spec.CnnSpec;
import dev.trainyard.spec.DnnSpec;
import dev.trainyard.spec.InputSpec;
import dev.trainyard.spec.LinearSpec;
import dev.trainyard.spec.ModelSpec;
import dev.trainyard.spec.ResNetSpec;
import java.util.List;

/**
 * A network's values, counted.
 *
 * @param weights that gradients change
 * @param statistics moving averages
 * @param kept values of an image that the forward pass keeps for the backward pass
 */
public record NetworkSize(long weights, long statistics, long kept) {

  /** Of a bottleneck: how many outputs it has for each of its 3x3 convolution's filters. */
  private static final int EXPANSION = 4;

  /** Weights and statistics. */
  public long parameters() {
    return weights + statistics;
  }

  /**
   * @param classes how many there are to tell apart
   */
  public static NetworkSize of(ModelSpec model, InputSpec input, int classes) {
    Tally tally = new Tally(input.height(), input.width());
    if (model instanceof CnnSpec cnn) {
      cnn(tally, cnn, classes);
    } else if (model instanceof LinearSpec) {
      tally.dense(classes);
    } else if (model instanceof DnnSpec dnn) {
      dnn(tally, dnn, classes);
    } else if (model instanceof ResNetSpec resnet) {
      resnet(tally, resnet.depth(), classes);
    } else {
      throw new IllegalArgumentException("No arithmetic for a model of type " + model.type());
    }
    return tally.total();
  }

  private static void cnn(Tally tally, CnnSpec spec, int classes) {
    tally.convolution(spec.kernelSize1(), spec.filters1(), 1, true);
    tally.halve();
    tally.relu();
    tally.convolution(spec.kernelSize2(), spec.filters2(), 1, true);
    tally.halve();
    tally.relu();
    tally.dense(spec.units());
    if (spec.batchNorm()) {
      tally.norm();
    }
    tally.relu();
    tally.dense(classes);
    if (spec.batchNorm()) {
      tally.norm();
    }
  }

  private static void dnn(Tally tally, DnnSpec spec, int classes) {
    for (int units : spec.hiddenUnits()) {
      tally.dense(units);
      if (spec.batchNorm()) {
        tally.norm();
      }
      tally.relu();
    }
    tally.dense(classes);
  }

  private static void resnet(Tally tally, int depth, int classes) {
    boolean bottlenecks = depth >= 50;
    tally.convolution(7, 64, 2, false);
    tally.norm();
    tally.relu();
    tally.shrink();
    List<Integer> units =
        switch (depth) {
          case 18 -> List.of(2, 2, 2, 2);
          case 101 -> List.of(3, 4, 23, 3);
          default -> List.of(3, 4, 6, 3);
        };
    for (int group = 0; group < units.size(); group++) {
      int filters = 64 << group;
      for (int unit = 0; unit < units.get(group); unit++) {
        block(tally, filters, group > 0 && unit == 0 ? 2 : 1, bottlenecks);
      }
    }
    tally.average();
    tally.dense(classes);
  }

  private static void block(Tally tally, int filters, int stride, boolean bottleneck) {
    int outputs = bottleneck ? EXPANSION * filters : filters;
    if (stride > 1 || tally.channels() != outputs) {
      tally.aside(1, outputs, stride); // the shortcut
    }
    if (bottleneck) {
      tally.convolution(1, filters, 1, false);
      tally.norm();
      tally.relu();
    }
    tally.convolution(3, filters, stride, false);
    tally.norm();
    tally.relu();
    tally.convolution(bottleneck ? 1 : 3, outputs, 1, false);
    tally.norm(); // the sum with the shortcut and its ReLU take this buffer
    tally.relu();
  }
}
