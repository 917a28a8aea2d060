package dev.trainyard.model.predict;

import dev.trainyard.trainer.protocol.TensorData;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import dev.trainyard.trainer.protocol.TrainerEvent.TensorInfo;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is asked of a model.
 *
 * @param rows of every input, when each row stands for itself; 0 when the inputs are one whole
 * @param inputs in the order of their names
 */
public record Question(String signature, int rows, List<TensorData> inputs) {

  /** Rows stand for themselves where every input and output leaves its first side open. */
  public static Question of(String signature, SignatureInfo info, List<TensorData> inputs) {
    boolean open =
        Stream.concat(info.inputs().stream(), info.outputs().stream()).allMatch(Question::isOpen);
    long rows = inputs.isEmpty() ? 0 : inputs.get(0).rows();
    boolean even = rows <= Integer.MAX_VALUE && inputs.stream().allMatch(it -> it.rows() == rows);
    return new Question(
        signature,
        open && even ? (int) rows : 0,
        inputs.stream().sorted(Comparator.comparing(TensorData::name)).toList());
  }

  private static boolean isOpen(TensorInfo tensor) {
    List<Long> shape = tensor.shape();
    return shape != null && !shape.isEmpty() && shape.get(0) == -1;
  }

  /** Whether its rows can be asked together with those of another. */
  boolean goesWith(Question other) {
    if (rows == 0 || other.rows == 0 || !signature.equals(other.signature)) {
      return false;
    }
    boolean same = inputs.size() == other.inputs.size();
    for (int i = 0; same && i < inputs.size(); i++) {
      TensorData mine = inputs.get(i);
      TensorData theirs = other.inputs.get(i);
      same =
          mine.name().equals(theirs.name())
              && mine.type() == theirs.type()
              && mine.rowShape().equals(theirs.rowShape());
    }
    return same;
  }
}
