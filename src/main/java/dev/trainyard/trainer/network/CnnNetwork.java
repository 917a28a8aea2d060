package dev.trainyard.trainer.network;

import dev.trainyard.spec.CnnSpec;
import dev.trainyard.trainer.network.layer.BatchNorm;
import dev.trainyard.trainer.network.layer.Conv2d;
import dev.trainyard.trainer.network.layer.Dense;
import dev.trainyard.trainer.network.layer.Dropout;
import dev.trainyard.trainer.network.layer.Layer;
import dev.trainyard.trainer.network.layer.MaxPool2d;
import dev.trainyard.trainer.network.layer.Pass;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The network of the article "How to write a custom estimator for Cloud TPU": at 299x299 and 5
 * classes it has 32,863,585 parameters, 32,864,805 with batch normalization.
 *
 * <p>The article has ReLU before each pooling. The largest value is the same either way, to the
 * bit, and after the pooling there are four times fewer values to look at, and to look at again for
 * the gradient.
 */
final class CnnNetwork implements Network {

  private final Layer layers;

  CnnNetwork(CnnSpec spec, int classes) {
    List<Layer> all = new ArrayList<>();
    all.add(new Conv2d("conv1", spec.kernelSize1(), spec.filters1()));
    all.add(new MaxPool2d("pool1", 2, "VALID"));
    all.add(Layer.relu());
    all.add(new Conv2d("conv2", spec.kernelSize2(), spec.filters2()));
    all.add(new MaxPool2d("pool2", 2, "VALID"));
    all.add(Layer.relu());
    all.add(Layer.flatten());
    all.add(new Dense("dense1", spec.units()));
    if (spec.batchNorm()) {
      all.add(new BatchNorm("norm1"));
    }
    all.add(Layer.relu());
    all.add(new Dropout("dropout", spec.dropout()));
    all.add(new Dense("dense2", classes));
    if (spec.batchNorm()) {
      all.add(new BatchNorm("norm2"));
    }
    layers = Layer.sequence(all);
  }

  @Override
  public Operand<TFloat32> logits(Pass pass, Operand<TFloat32> images) {
    return layers.apply(pass, images);
  }
}
