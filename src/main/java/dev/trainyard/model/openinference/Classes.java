package dev.trainyard.model.openinference;

import static dev.trainyard.model.tensor.TensorJson.invalid;

import dev.trainyard.model.openinference.InferRequest.WantedOutput;
import dev.trainyard.model.tensor.Strings;
import dev.trainyard.trainer.protocol.TensorData;
import dev.trainyard.trainer.protocol.TensorType;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The classification extension: of each row the best classes, as {@code score:index:label}. */
final class Classes {

  private Classes() {}

  static TensorData of(TensorData tensor, WantedOutput wanted, List<String> labels) {
    if (tensor.type() != TensorType.FLOAT || tensor.shape().size() != 2) {
      throw invalid(
          "outputs",
          "'" + tensor.name() + "' has no scores of classes: it is no FP32 of two sides");
    }
    int width = Math.toIntExact(tensor.shape().get(1));
    int count = Math.min(wanted.classes(), width);
    FloatBuffer scores = tensor.content().asFloatBuffer();
    List<byte[]> texts = new ArrayList<>();
    for (long row = 0; row < tensor.rows(); row++) {
      int start = (int) row * width;
      IntStream.range(0, width)
          .boxed()
          .sorted(Comparator.comparingDouble((Integer i) -> scores.get(start + i)).reversed())
          .limit(count)
          .map(i -> text(scores.get(start + i), i, labels, width))
          .forEach(texts::add);
    }
    TensorData flat = Strings.tensor(tensor.name(), texts);
    return new TensorData(
        tensor.name(), TensorType.STRING, List.of(tensor.rows(), (long) count), flat.content());
  }

  /** The label where the output is one score for each. */
  private static byte[] text(float score, int index, List<String> labels, int width) {
    String label = labels.size() == width ? ":" + labels.get(index) : "";
    return (score + ":" + index + label).getBytes(StandardCharsets.UTF_8);
  }
}
