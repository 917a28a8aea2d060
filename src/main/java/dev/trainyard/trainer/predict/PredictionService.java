package dev.trainyard.trainer.predict;

import dev.trainyard.trainer.protocol.PredictorFrame;
import dev.trainyard.trainer.protocol.PredictorMessage;
import dev.trainyard.trainer.protocol.PredictorMessage.Answer;
import dev.trainyard.trainer.protocol.PredictorMessage.BadRow;
import dev.trainyard.trainer.protocol.PredictorMessage.Failed;
import dev.trainyard.trainer.protocol.PredictorMessage.Run;
import dev.trainyard.trainer.protocol.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.tensorflow.exceptions.TensorFlowException;

/**
 * Answers what is asked of a loaded model. Where rows stand for themselves, a bad one costs itself,
 * nothing more: it is left out, and named.
 */
record PredictionService(SavedModelPredictor model, LongSupplier memory) {

  PredictorFrame answer(Run run, List<TensorData> inputs) {
    try {
      return run.rows() == 0 ? whole(run, inputs) : rows(run, inputs);
    } catch (TensorFlowException | IllegalArgumentException | ArithmeticException e) {
      return new PredictorFrame(new Failed(run.id(), firstLine(e)));
    }
  }

  private PredictorFrame whole(Run run, List<TensorData> inputs) {
    return frame(run, List.of(), model.run(run.signature(), inputs));
  }

  private PredictorFrame rows(Run run, List<TensorData> inputs) {
    List<BadRow> bad = new ArrayList<>();
    List<Integer> good = new ArrayList<>();
    for (int row = 0; row < run.rows(); row++) {
      Optional<String> problem = ImageHeader.problem(row(inputs, row));
      if (problem.isPresent()) {
        bad.add(new BadRow(row, problem.get()));
      } else {
        good.add(row);
      }
    }
    if (good.isEmpty()) {
      return frame(run, bad, List.of());
    }
    List<TensorData> batch = bad.isEmpty() ? inputs : picked(inputs, good);
    try {
      return frame(run, bad, model.run(run.signature(), batch));
    } catch (TensorFlowException | IllegalArgumentException e) {
      return oneByOne(run, inputs, good, bad);
    }
  }

  /** A batch fails as a whole; each row alone shows which are to blame. */
  private PredictorFrame oneByOne(
      Run run, List<TensorData> inputs, List<Integer> rows, List<BadRow> bad) {
    List<List<TensorData>> answers = new ArrayList<>();
    for (int row : rows) {
      try {
        answers.add(model.run(run.signature(), row(inputs, row)));
      } catch (TensorFlowException | IllegalArgumentException e) {
        bad.add(new BadRow(row, "the model does not take it: " + firstLine(e)));
      }
    }
    List<TensorData> outputs = new ArrayList<>();
    for (int i = 0; !answers.isEmpty() && i < answers.get(0).size(); i++) {
      int output = i;
      outputs.add(
          TensorData.concatenated(answers.stream().map(answer -> answer.get(output)).toList()));
    }
    return frame(run, bad, outputs);
  }

  private PredictorFrame frame(Run run, List<BadRow> bad, List<TensorData> outputs) {
    long bytes = outputs.stream().mapToLong(it -> it.content().remaining()).sum();
    PredictorMessage message =
        bytes > run.most()
            ? new Failed(
                run.id(), "the answer has " + bytes + " bytes; at most " + run.most() + " can be")
            : new Answer(run.id(), bad, memory.getAsLong());
    return new PredictorFrame(message, message instanceof Answer ? outputs : List.of());
  }

  private static List<TensorData> row(List<TensorData> inputs, int row) {
    return inputs.stream().map(input -> input.rows(row, row + 1)).toList();
  }

  private static List<TensorData> picked(List<TensorData> inputs, List<Integer> rows) {
    return inputs.stream()
        .map(
            input -> TensorData.concatenated(rows.stream().map(r -> input.rows(r, r + 1)).toList()))
        .toList();
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
