package dev.trainyard.upload.web;

/** Answers as the OpenAPI description shows them. */
final class UploadExamples {

  static final String ID = "4c0e0f5e-6a0b-4f5e-8f0a-1b1f3a5c7d90";

  static final String UPLOAD =
      """
      {"id": "4c0e0f5e-6a0b-4f5e-8f0a-1b1f3a5c7d90", "length": 1073741824, "offset": 67108864,
       "metadata": "filename Zmxvd2Vycy56aXA=",
       "createTime": "2026-01-31T12:00:00Z", "expireTime": "2026-02-01T12:00:09Z"}
      """;

  private UploadExamples() {}
}
