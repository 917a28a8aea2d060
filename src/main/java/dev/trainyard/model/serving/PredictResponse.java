package dev.trainyard.model.serving;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.trainyard.trainer.protocol.PredictorMessage.Prediction;
import java.util.List;

/** The row form of TensorFlow Serving's answer: one object an instance, by output name. */
record PredictResponse(List<Row> predictions) {

  static PredictResponse of(List<Prediction> predictions) {
    return new PredictResponse(
        predictions.stream()
            .map(it -> new Row(it.label(), it.classid(), it.probabilities()))
            .toList());
  }

  record Row(@JsonProperty("class") String label, int classid, List<Float> probabilities) {}
}
