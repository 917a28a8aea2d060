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

  static final String PREDICT_ERROR =
      """
      {"type": "/problems/invalid-request", "title": "The request is not valid", "status": 422,
       "detail": "instances[0]: is not a JPEG or PNG image",
       "errors": [{"field": "instances[0]", "message": "is not a JPEG or PNG image"}],
       "error": "instances[0]: is not a JPEG or PNG image"}""";

  static final String STATUS =
      """
      {"model_version_status": [{"version": "3", "state": "AVAILABLE",
        "status": {"error_code": "OK", "error_message": ""}}]}""";

  private ServingExamples() {}
}
