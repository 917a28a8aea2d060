package dev.trainyard.trainer.summary;

import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.Summary;

/** What people look at in TensorBoard besides series of figures, and nobody else needs. */
public interface Pictures {

  /** For training that nobody watches. */
  Pictures NONE =
      new Pictures() {
        @Override
        public void graph(GraphDef graph) {}

        @Override
        public void images(long step, Summary summary) {}

        @Override
        public void weights(long step, Summary summary) {}
      };

  /** The training graph. */
  void graph(GraphDef graph);

  /** What the network sees at {@code step}. */
  void images(long step, Summary summary);

  /** Histograms of the weights that are evaluated. */
  void weights(long step, Summary summary);
}
