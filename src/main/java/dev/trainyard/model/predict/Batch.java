package dev.trainyard.model.predict;

import dev.trainyard.trainer.protocol.PredictorMessage.BadRow;
import dev.trainyard.trainer.protocol.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Asks that are one question to the model, and get each its own part of the answer.
 *
 * @param asks at least one; if more, all go with one another
 */
record Batch(List<Ask> asks) {

  Question question() {
    Question first = asks.get(0).question();
    if (asks.size() == 1) {
      return first;
    }
    List<TensorData> inputs = new ArrayList<>();
    for (int i = 0; i < first.inputs().size(); i++) {
      int input = i;
      inputs.add(
          TensorData.concatenated(
              asks.stream().map(ask -> ask.question().inputs().get(input)).toList()));
    }
    return new Question(first.signature(), rows(), inputs);
  }

  int rows() {
    return asks.stream().mapToInt(ask -> ask.question().rows()).sum();
  }

  /**
   * Gives each its part.
   *
   * @return false when the answer cannot be divided: then nobody got anything
   */
  boolean deliver(List<TensorData> outputs, List<BadRow> bad) {
    SortedMap<Integer, String> reasons = new TreeMap<>();
    bad.forEach(row -> reasons.put(row.index(), row.reason()));
    if (asks.size() == 1) {
      asks.get(0).answer().complete(new Answer(outputs, reasons));
      return true;
    }
    int good = rows() - reasons.size();
    if (good > 0 && !outputs.stream().allMatch(output -> output.rows() == good)) {
      return false;
    }
    int row = 0;
    int from = 0;
    for (Ask ask : asks) {
      int next = row + ask.question().rows();
      SortedMap<Integer, String> own = new TreeMap<>();
      int begin = row;
      reasons.subMap(row, next).forEach((index, why) -> own.put(index - begin, why));
      int to = from + next - row - own.size();
      int start = from;
      ask.answer()
          .complete(
              new Answer(
                  to == from
                      ? List.of()
                      : outputs.stream().map(output -> output.rows(start, to)).toList(),
                  own));
      row = next;
      from = to;
    }
    return true;
  }

  void fail(RuntimeException failure) {
    asks.forEach(ask -> ask.answer().completeExceptionally(failure));
  }
}
