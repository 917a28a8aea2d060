package dev.trainyard.trainer.network;

import dev.trainyard.spec.DnnSpec;
import dev.trainyard.trainer.network.layer.BatchNorm;
import dev.trainyard.trainer.network.layer.Dense;
import dev.trainyard.trainer.network.layer.Dropout;
import dev.trainyard.trainer.network.layer.Layer;
import dev.trainyard.trainer.network.layer.Pass;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Dense layers {@code dense1}, {@code dense2} and so on; the last of them gives the classes. Each
 * hidden one is followed by batch normalization, if asked for, ReLU and dropout.
 */
final class DnnNetwork implements Network {

  private final Layer layers;

  DnnNetwork(DnnSpec spec, int classes) {
    List<Layer> all = new ArrayList<>(List.of(Layer.flatten()));
    int number = 1;
    for (int units : spec.hiddenUnits()) {
      all.add(new Dense("dense" + number, units));
      if (spec.batchNorm()) {
        all.add(new BatchNorm("norm" + number));
      }
      all.add(Layer.relu());
      all.add(new Dropout("dropout" + number, spec.dropout()));
      number++;
    }
    all.add(new Dense("dense" + number, classes));
    layers = Layer.sequence(all);
  }

  @Override
  public Operand<TFloat32> logits(Pass pass, Operand<TFloat32> images) {
    return layers.apply(pass, images);
  }
}
