package dev.trainyard.trainer.network;

import dev.trainyard.spec.CnnSpec;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The network of the article "How to write a custom estimator for Cloud TPU": at 299x299 and 5
 * classes it has 32,863,585 parameters, 32,864,805 with batch normalization.
 */
final class CnnNetwork implements Network {

  private final List<Layer> layers = new ArrayList<>();

  CnnNetwork(CnnSpec spec, int classes) {
    layers.add(new Conv2d("conv1", spec.kernelSize1(), spec.filters1()));
    layers.add(Layer.relu());
    layers.add(new MaxPool2d("pool1"));
    layers.add(new Conv2d("conv2", spec.kernelSize2(), spec.filters2()));
    layers.add(Layer.relu());
    layers.add(new MaxPool2d("pool2"));
    layers.add(Layer.flatten());
    layers.add(new Dense("dense1", spec.units()));
    if (spec.batchNorm()) {
      layers.add(new BatchNorm("norm1"));
    }
    layers.add(Layer.relu());
    layers.add(new Dropout("dropout", spec.dropout()));
    layers.add(new Dense("dense2", classes));
    if (spec.batchNorm()) {
      layers.add(new BatchNorm("norm2"));
    }
  }

  @Override
  public Operand<TFloat32> logits(Pass pass, Operand<TFloat32> images) {
    Operand<TFloat32> values = images;
    for (Layer layer : layers) {
      values = layer.apply(pass, values);
    }
    return values;
  }
}
