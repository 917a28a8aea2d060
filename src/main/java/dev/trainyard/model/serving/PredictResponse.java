package dev.trainyard.model.serving;

import static dev.trainyard.model.tensor.TensorJson.invalid;

import dev.trainyard.model.tensor.TensorWriter;
import dev.trainyard.trainer.protocol.TensorData;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * TensorFlow Serving's answer, in the form of the question. An output that is the only one stands
 * without its name.
 */
record PredictResponse(boolean isColumns, List<TensorData> outputs) {

  /**
   * @throws dev.trainyard.problem.ProblemException when the outputs are not one for each row
   */
  static PredictResponse of(PredictRequest request, List<TensorData> outputs) {
    long rows = outputs.isEmpty() ? 0 : outputs.get(0).rows();
    boolean even = outputs.stream().allMatch(it -> !it.shape().isEmpty() && it.rows() == rows);
    if (!request.isColumns() && !even) {
      throw invalid(
          "instances", "cannot be answered row by row by this signature; send 'inputs' instead");
    }
    return new PredictResponse(request.isColumns(), outputs);
  }

  void writeTo(JsonGenerator json) {
    json.writeStartObject();
    if (isColumns) {
      json.writeName("outputs");
      columns(json);
    } else {
      json.writeName("predictions");
      rows(json);
    }
    json.writeEndObject();
  }

  private void columns(JsonGenerator json) {
    if (outputs.size() == 1) {
      new TensorWriter(json, outputs.get(0)).whole();
      return;
    }
    json.writeStartObject();
    for (TensorData output : outputs) {
      json.writeName(output.name());
      new TensorWriter(json, output).whole();
    }
    json.writeEndObject();
  }

  private void rows(JsonGenerator json) {
    List<TensorWriter> writers =
        outputs.stream().map(output -> new TensorWriter(json, output)).toList();
    long rows = outputs.isEmpty() ? 0 : outputs.get(0).rows();
    json.writeStartArray();
    for (long row = 0; row < rows; row++) {
      if (outputs.size() == 1) {
        writers.get(0).row();
        continue;
      }
      json.writeStartObject();
      for (int i = 0; i < writers.size(); i++) {
        json.writeName(outputs.get(i).name());
        writers.get(i).row();
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
