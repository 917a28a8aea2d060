package dev.trainyard.trainer.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import java.util.List;
import java.util.Map;

/**
 * The predictor's side of the talk: one JSON object a line. It says {@link Ready} once, then
 * answers each {@link Request} line on its standard input, in order.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "message")
@JsonSubTypes({
  @JsonSubTypes.Type(value = PredictorMessage.Ready.class, name = "ready"),
  @JsonSubTypes.Type(value = PredictorMessage.Request.class, name = "request"),
  @JsonSubTypes.Type(value = PredictorMessage.Predictions.class, name = "predictions"),
  @JsonSubTypes.Type(value = PredictorMessage.Refused.class, name = "refused")
})
public sealed interface PredictorMessage {

  /** The model is loaded and its {@code serving_default} signature is there. */
  record Ready(Map<String, SignatureInfo> signatures) implements PredictorMessage {}

  /**
   * @param images encoded JPEGs; Base64 in JSON
   */
  record Request(long id, List<byte[]> images) implements PredictorMessage {}

  /** One prediction an image, in order. */
  record Predictions(long id, List<Prediction> predictions) implements PredictorMessage {}

  /**
   * The request could not be answered.
   *
   * @param index of the image at fault, or -1 when it was not one image
   */
  record Refused(long id, int index, String reason) implements PredictorMessage {}

  /**
   * @param label the class's name
   * @param classid its index in the labels
   * @param probabilities one for each label, adding up to 1
   */
  record Prediction(String label, int classid, List<Float> probabilities) {}
}
