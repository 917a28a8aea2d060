package dev.trainyard.trainer.network;

import dev.trainyard.trainer.network.layer.Dense;
import dev.trainyard.trainer.network.layer.Layer;
import dev.trainyard.trainer.network.layer.Pass;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** One dense layer from the pixels to the classes. */
final class LinearNetwork implements Network {

  private final Layer layers;

  LinearNetwork(int classes) {
    layers = Layer.sequence(List.of(Layer.flatten(), new Dense("dense", classes)));
  }

  @Override
  public Operand<TFloat32> logits(Pass pass, Operand<TFloat32> images) {
    return layers.apply(pass, images);
  }
}
