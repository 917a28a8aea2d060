package dev.trainyard.model.openinference;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shapes of what is read and written piece by piece, for the OpenAPI document. */
final class Bodies {

  private Bodies() {}

  /**
   * @param id comes back with the answer
   * @param parameters such as signature_name and binary_data_output
   * @param outputs that are wanted; all when left out
   */
  record Infer(
      @Nullable String id,
      @Nullable Map<String, Object> parameters,
      List<Input> inputs,
      @Nullable List<Wanted> outputs) {}

  /**
   * @param parameters such as content_type, or binary_data_size where the data follow the JSON
   * @param data numbers, truth values or texts, flat or nested
   */
  record Input(
      String name,
      String datatype,
      List<Long> shape,
      @Nullable Map<String, Object> parameters,
      @Nullable List<Object> data) {}

  /**
   * @param parameters such as classification, how many of the best classes, and binary_data
   */
  record Wanted(String name, @Nullable Map<String, Object> parameters) {}

  /**
   * @param id of the request, if it had one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Inferred(
      @JsonProperty("model_name") String model,
      @JsonProperty("model_version") String version,
      @Nullable String id,
      List<Output> outputs) {}

  /**
   * @param parameters binary_data_size, where the data follow the JSON
   * @param data numbers, truth values or texts, in row-major order
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Output(
      String name,
      String datatype,
      List<Long> shape,
      @Nullable Map<String, Object> parameters,
      @Nullable List<Object> data) {}
}
