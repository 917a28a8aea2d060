package dev.trainyard.model.tensor;

import dev.trainyard.trainer.protocol.TensorData;
import dev.trainyard.trainer.protocol.TensorType;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The probabilities that a classifier of ours gives to its labels, row by row. */
public record ClassScores(List<String> labels, List<float[]> rows) {

  public static final String IMAGES = "image_bytes";
  public static final String PROBABILITIES = "probabilities";

  /** Whether a signature takes images and gives probabilities. */
  public static boolean areGivenBy(SignatureInfo signature) {
    return signature.inputs().size() == 1
        && signature.inputs().get(0).name().equals(IMAGES)
        && signature.inputs().get(0).dtype().equals(TensorType.STRING.name())
        && signature.outputs().stream()
            .anyMatch(it -> it.name().equals(PROBABILITIES) && it.dtype().equals("FLOAT"));
  }

  /** Of the outputs of such a signature; no rows when there are no outputs. */
  public static ClassScores of(List<String> labels, List<TensorData> outputs) {
    List<float[]> rows = new ArrayList<>();
    outputs.stream()
        .filter(output -> output.name().equals(PROBABILITIES))
        .forEach(
            output -> {
              FloatBuffer values = output.content().asFloatBuffer();
              for (long row = 0; row < output.rows(); row++) {
                float[] scores = new float[values.capacity() / (int) output.rows()];
                values.get(scores);
                rows.add(scores);
              }
            });
    return new ClassScores(labels, rows);
  }

  /** All of a row in the labels' order. */
  public List<Score> row(int row) {
    float[] scores = rows.get(row);
    return IntStream.range(0, scores.length)
        .mapToObj(
            i -> new Score(i < labels.size() ? labels.get(i) : Integer.toString(i), scores[i]))
        .toList();
  }

  /** The best of a row, the best first. */
  public List<Score> best(int row, int count) {
    return row(row).stream()
        .sorted(Comparator.comparingDouble((Score it) -> it.probability()).reversed())
        .limit(count)
        .toList();
  }

  /** One label of one row. */
  public record Score(String label, float probability) {}
}
