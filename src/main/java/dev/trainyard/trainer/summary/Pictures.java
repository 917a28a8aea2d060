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
        public void add(long step, Summary summary) {}
      };

  /** The training graph. */
  void graph(GraphDef graph);

  /** Images or histograms, as they are at {@code step}. */
  void add(long step, Summary summary);
}
