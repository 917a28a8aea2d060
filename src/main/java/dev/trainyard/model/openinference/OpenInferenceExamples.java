package dev.trainyard.model.openinference;

/** The examples in the OpenAPI description. */
final class OpenInferenceExamples {

  static final String SERVER =
      """
      {"name": "trainyard", "version": "1.0", "extensions": ["binary_tensor_data", "classification"]}""";

  static final String LIVE =
      """
      {"live": true}""";

  static final String READY =
      """
      {"ready": true}""";

  static final String MODEL_READY =
      """
      {"name": "flowers", "ready": true}""";

  static final String MODEL =
      """
      {"name": "flowers", "versions": ["2", "1"], "platform": "tensorflow_savedmodel",
       "inputs": [{"name": "image_bytes", "datatype": "BYTES", "shape": [-1]}],
       "outputs": [{"name": "class", "datatype": "BYTES", "shape": [-1]},
         {"name": "classid", "datatype": "INT32", "shape": [-1]},
         {"name": "probabilities", "datatype": "FP32", "shape": [-1, 5]}]}""";

  static final String REQUEST =
      """
      {"id": "42", "inputs": [{"name": "image_bytes", "datatype": "BYTES", "shape": [1],
         "parameters": {"content_type": "base64"}, "data": ["/9j/4AAQSkZJRgABAQ..."]}],
       "outputs": [{"name": "probabilities", "parameters": {"classification": 2}}]}""";

  static final String RESPONSE =
      """
      {"model_name": "flowers", "model_version": "2", "id": "42", "outputs": [{"name": "probabilities",
         "datatype": "BYTES", "shape": [1, 2], "data": ["0.93:4:tulips", "0.03:3:sunflowers"]}]}""";

  static final String ERROR =
      """
      {"type": "/problems/invalid-request", "title": "The request is not valid", "status": 400,
       "detail": "'inputs[0].datatype' must be BYTES, not FP32.",
       "errors": [{"field": "inputs[0].datatype", "message": "must be BYTES, not FP32"}],
       "error": "'inputs[0].datatype' must be BYTES, not FP32."}""";

  private OpenInferenceExamples() {}
}
