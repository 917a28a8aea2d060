package dev.trainyard.model.serving;

import static dev.trainyard.model.tensor.TensorJson.invalid;

import dev.trainyard.model.tensor.ClassScores;
import dev.trainyard.trainer.protocol.TensorData;
import dev.trainyard.trainer.protocol.TensorType;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/**
 * Answers to classify and regress. TensorFlow Serving's documents call the list {@code result}, its
 * code {@code results}; here it goes by both names.
 */
record ExampleResponse(List<TensorData> outputs) {

  private static final List<String> NAMES = List.of("result", "results");

  /** For each row its pairs of class and score. */
  Consumer<JsonGenerator> classes() {
    Optional<TensorData> classes = output("classes", TensorType.STRING);
    Optional<TensorData> scores = output("scores", TensorType.FLOAT);
    TensorData any = classes.or(() -> scores).orElseThrow(() -> missing("classes and scores"));
    List<byte[]> labels = classes.map(TensorData::strings).orElse(List.of());
    FloatBuffer values =
        scores.map(it -> it.content().asFloatBuffer()).orElse(FloatBuffer.allocate(0));
    int rows = (int) any.rows();
    int each = rows == 0 ? 0 : (int) TensorData.elements(any.rowShape());
    return json ->
        named(
            json,
            () -> {
              for (int row = 0; row < rows; row++) {
                json.writeStartArray();
                for (int i = row * each; i < (row + 1) * each; i++) {
                  pair(
                      json,
                      i < labels.size() ? new String(labels.get(i), StandardCharsets.UTF_8) : "",
                      i < values.capacity() ? values.get(i) : 0);
                }
                json.writeEndArray();
              }
            });
  }

  /** The same of a classifier of ours. */
  static Consumer<JsonGenerator> classes(ClassScores scores) {
    return json ->
        named(
            json,
            () -> {
              for (int row = 0; row < scores.rows().size(); row++) {
                json.writeStartArray();
                scores.row(row).forEach(score -> pair(json, score.label(), score.probability()));
                json.writeEndArray();
              }
            });
  }

  /** For each row its value. */
  Consumer<JsonGenerator> values() {
    TensorData output = output("outputs", TensorType.FLOAT).orElseThrow(() -> missing("outputs"));
    return json ->
        named(
            json,
            () -> {
              FloatBuffer values = output.content().asFloatBuffer();
              while (values.hasRemaining()) {
                json.writeNumber(values.get());
              }
            });
  }

  private static void named(JsonGenerator json, Runnable rows) {
    json.writeStartObject();
    for (String name : NAMES) {
      json.writeName(name);
      json.writeStartArray();
      rows.run();
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void pair(JsonGenerator json, String label, float score) {
    json.writeStartArray();
    json.writeString(label);
    json.writeNumber(score);
    json.writeEndArray();
  }

  private Optional<TensorData> output(String name, TensorType type) {
    return outputs.stream().filter(it -> it.name().equals(name) && it.type() == type).findFirst();
  }

  private static RuntimeException missing(String what) {
    return invalid("signature_name", "names a signature that gives no " + what);
  }
}
