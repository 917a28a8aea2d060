package dev.trainyard.model.serving;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shapes of what is read and written piece by piece, for the OpenAPI document. */
final class Bodies {

  private Bodies() {}

  /**
   * @param signature of the model; serving_default when left out
   * @param instances one for each row: an object of the inputs by name, or the only input
   * @param inputs in place of instances: an object of the columns by name, or the only one
   */
  record Predict(
      @JsonProperty("signature_name") @Nullable String signature,
      @Nullable List<Object> instances,
      @Nullable Object inputs) {}

  /**
   * @param signature of the model; serving_default when left out
   * @param context features that all examples have
   * @param examples features by name
   */
  record Examples(
      @JsonProperty("signature_name") @Nullable String signature,
      @Nullable Map<String, Object> context,
      List<Map<String, Object>> examples) {}

  /**
   * @param predictions one for each instance, in order: an object of the outputs by name, or the
   *     only output
   * @param outputs in place of predictions when the request had inputs
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Predicted(@Nullable List<Object> predictions, @Nullable Object outputs) {}

  /**
   * @param result for each example its pairs of label and score
   * @param results the same
   */
  record Classified(List<List<List<Object>>> result, List<List<List<Object>>> results) {}

  /**
   * @param result the value of each example
   * @param results the same
   */
  record Regressed(List<Double> result, List<Double> results) {}
}
