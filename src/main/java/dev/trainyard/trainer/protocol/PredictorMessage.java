package dev.trainyard.trainer.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import java.util.List;
import java.util.Map;

/**
 * The talk with a predictor, in {@link PredictorFrame}s. It says {@link Warm} once it could take a
 * model, is told to {@link Load} one, says {@link Ready}, and then answers each {@link Run}, in
 * order, with {@link Answer} or {@link Failed}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "message")
@JsonSubTypes({
  @JsonSubTypes.Type(value = PredictorMessage.Warm.class, name = "warm"),
  @JsonSubTypes.Type(value = PredictorMessage.Load.class, name = "load"),
  @JsonSubTypes.Type(value = PredictorMessage.Ready.class, name = "ready"),
  @JsonSubTypes.Type(value = PredictorMessage.Run.class, name = "run"),
  @JsonSubTypes.Type(value = PredictorMessage.Answer.class, name = "answer"),
  @JsonSubTypes.Type(value = PredictorMessage.Failed.class, name = "failed")
})
public sealed interface PredictorMessage {

  /** TensorFlow is loaded and has run something. */
  record Warm() implements PredictorMessage {}

  /**
   * @param folder of a SavedModel
   */
  record Load(String folder) implements PredictorMessage {}

  /**
   * The model is loaded.
   *
   * @param memory bytes of the process that are in memory
   */
  record Ready(Map<String, SignatureInfo> signatures, long memory) implements PredictorMessage {}

  /**
   * The frame carries the inputs.
   *
   * @param rows of every input that stand for themselves, so that one may fail and the others not;
   *     0 when the inputs are one whole
   * @param most bytes of the answer's tensors
   */
  record Run(long id, String signature, int rows, long most) implements PredictorMessage {}

  /**
   * The frame carries the outputs, of all rows but the bad ones; nothing when all are bad.
   *
   * @param memory bytes of the process that are in memory
   */
  record Answer(long id, List<BadRow> bad, long memory) implements PredictorMessage {}

  /** There is no answer, and no row is to blame. */
  record Failed(long id, String reason) implements PredictorMessage {}

  /**
   * @param index of the row in the request
   */
  record BadRow(int index, String reason) {}
}
