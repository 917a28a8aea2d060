package dev.trainyard.model.serving;

/** The examples in the OpenAPI description. */
final class ServingExamples {

  static final String PREDICT_REQUEST =
      """
      {"instances": [{"image_bytes": {"b64": "/9j/4AAQSkZJRgABAQ..."}}]}""";

  static final String PREDICT_RESPONSE =
      """
      {"predictions": [{"class": "tulips", "classid": 4,
        "probabilities": [0.01, 0.02, 0.01, 0.03, 0.93]}]}""";

  static final String EXAMPLES_REQUEST =
      """
      {"examples": [{"image_bytes": {"b64": "/9j/4AAQSkZJRgABAQ..."}}]}""";

  static final String CLASSIFY_RESPONSE =
      """
      {"result": [[["daisy", 0.07], ["tulips", 0.93]]], "results": [[["daisy", 0.07], ["tulips", 0.93]]]}""";

  static final String REGRESS_RESPONSE =
      """
      {"result": [3.2], "results": [3.2]}""";

  static final String ERROR =
      """
      {"type": "/problems/invalid-request", "title": "The request is not valid", "status": 400,
       "detail": "instances[0]: the image is neither a JPEG nor a PNG, or its header is cut off",
       "errors": [{"field": "instances[0]", "message": "the image is neither a JPEG nor a PNG, or its header is cut off"}],
       "error": "instances[0]: the image is neither a JPEG nor a PNG, or its header is cut off"}""";

  static final String STATUS =
      """
      {"model_version_status": [{"version": "3", "state": "AVAILABLE",
        "status": {"error_code": "OK", "error_message": ""}}]}""";

  static final String METADATA =
      """
      {"model_spec": {"name": "flowers", "signature_name": "", "version": "3"},
       "metadata": {"signature_def": {"@type": "type.googleapis.com/tensorflow.serving.SignatureDefMap", "signature_def": {"serving_default": {
         "inputs": {"image_bytes": {"dtype": "DT_STRING", "tensor_shape": {"dim": [{"size": "-1", "name": ""}],
           "unknown_rank": false}, "name": ""}},
         "outputs": {"probabilities": {"dtype": "DT_FLOAT", "tensor_shape": {"dim": [{"size": "-1", "name": ""},
           {"size": "5", "name": ""}], "unknown_rank": false}, "name": ""}},
         "method_name": "tensorflow/serving/predict", "defaults": {}}}}}}""";

  private ServingExamples() {}
}
