package dev.trainyard.model.web;

/** The examples in the OpenAPI description. */
final class ModelExamples {

  static final String ANY_VERSION = "A number, an alias, or latest.";

  static final String ALIAS =
      """
      {"alias": "champion", "version": 3, "previousVersion": 2, "updateTime": "2026-03-01T09:45:00Z"}""";

  static final String ALIASES = "{\"aliases\": [" + ALIAS + "]}";

  static final String MANIFEST =
      """
      {"name": "flowers", "version": 3, "sizeBytes": 131514558, "files": [
        {"path": "saved_model.pb", "bytes": 60218,
         "sha256": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"}]}""";

  static final String REPORT =
      """
      {"name": "flowers", "version": 3, "intact": false, "signed": true, "files": [
        {"path": "saved_model.pb", "status": "CHANGED", "bytes": 60218, "foundBytes": 60218,
         "sha256": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
         "foundSha256": "fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9"},
        {"path": "variables/notes.txt", "status": "UNEXPECTED"}]}""";

  static final String CARD =
      """
      # flowers, version 3

      A classifier of images into 5 classes, a `cnn` with 32,864,805 parameters.
      ...""";

  static final String SERVING_CONFIG =
      """
      model_config_list {
        config {
          name: "flowers"
          base_path: "/models/flowers"
          model_platform: "tensorflow"
          model_version_policy {
            specific {
              versions: 3
            }
          }
          version_labels {
            key: "champion"
            value: 3
          }
        }
      }""";

  static final String ALIAS_WISH = "{\"version\": 3}";

  static final String MOVES =
      """
      {"moves": [
        {"kind": "SET", "fromVersion": 2, "toVersion": 3, "time": "2026-03-01T09:45:00Z"},
        {"kind": "SET", "toVersion": 2, "time": "2026-02-14T11:00:00Z"}]}""";

  static final String PATCHING =
      "A JSON merge patch (RFC 7396) of description and tags; null deletes. Nothing else ever changes.";

  static final String PATCH =
      """
      {"description": "Five kinds of flowers.", "tags": {"team": "vision", "draft": null}}""";

  static final String MODEL =
      """
      {"name": "flowers", "project": "default", "latestVersion": 3, "versions": 2, "aliases": {"champion": 3},
       "description": "Five kinds of flowers.", "tags": {"team": "vision"},
       "createTime": "2026-03-01T09:30:00Z"}""";

  static final String MODELS = "{\"items\": [" + MODEL + "], \"nextPageToken\": \"Zmxvd2Vycw\"}";

  private static final String HEAD =
      """
      {"name": "flowers", "version": 3, "state": "READY", "aliases": ["champion"],
       "description": "With batch normalization.", "tags": {"reviewed": "yes"}, "createTime": "2026-03-01T09:30:00Z",
       "labels": ["daisy", "tulips"],
       "signatures": {"serving_default": {"methodName": "tensorflow/serving/predict",
         "inputs": [{"name": "image_bytes", "dtype": "STRING", "shape": [-1]}],
         "outputs": [{"name": "class", "dtype": "STRING", "shape": [-1]},
                     {"name": "classid", "dtype": "INT32", "shape": [-1]},
                     {"name": "probabilities", "dtype": "FLOAT", "shape": [-1, 2]}]}},
       "metrics": {"loss": 0.27, "accuracy": 0.9, "precision": 0.9167, "recall": 0.9, "f1_score": 0.899},
       "parameters": 32862682, "step": 300,
      """;

  private static final String TAIL =
      """
       "job": "8f14e45f-ceea-467f-9c1d-6e1f2b1c3a4d",
       "dataset": {"id": "c9f0f895-fb98-4b91-99f5-1fd0297e236d", "name": "flowers", "version": 1,
         "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
         "trainExamples": 1350, "validationExamples": 150},
       "spec": {"name": "flowers-cnn", "dataset": "flowers", "model": {"type": "cnn"}},
       "seed": 1,
       "attempts": [{"number": 1, "worker": "host-1-3f2a", "startTime": "2026-03-01T09:10:00Z",
         "endTime": "2026-03-01T09:30:00Z", "outcome": "SUCCEEDED", "fromStep": 0, "toStep": 300}],
       "libraryVersions": {"tensorflow": "2.18.0"},
       "files": [{"path": "saved_model.pb", "bytes": 60218,
         "sha256": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"}],
       "sizeBytes": 131514558, "downloadUrl": "/api/v1/models/flowers/versions/3/download",
       "signed": true}""";

  static final String VERSION =
      HEAD
          + """
           "evaluation": {
             "metrics": {"loss": 0.27, "accuracy": 0.9, "precision": 0.9167, "recall": 0.9,
                         "f1_score": 0.899},
             "examples": 10, "leftOut": 0,
             "classes": [{"label": "daisy", "precision": 1.0, "recall": 0.8, "f1": 0.8889, "support": 5},
                         {"label": "tulips", "precision": 0.8333, "recall": 1.0, "f1": 0.9091,
                          "support": 5}],
             "confusionMatrix": [[4, 1], [0, 5]]},
          """
          + TAIL;

  static final String IMPORTED =
      """
      {"name": "flowers", "version": 4, "state": "READY", "aliases": [], "tags": {},
       "createTime": "2026-03-01T09:30:00Z", "labels": [], "attempts": [],
       "signatures": {"serving_default": {"methodName": "tensorflow/serving/predict",
         "inputs": [{"name": "images", "dtype": "FLOAT", "shape": [-1, 224, 224, 3]}],
         "outputs": [{"name": "probabilities", "dtype": "FLOAT", "shape": [-1, 5]}]}},
       "metrics": {}, "parameters": 23597957, "step": 0, "seed": 0, "libraryVersions": {},
       "files": [{"path": "saved_model.pb", "bytes": 1202180,
         "sha256": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"}],
       "sizeBytes": 95514558, "downloadUrl": "/api/v1/models/flowers/versions/4/download",
       "imported": {"source": "keras.applications.ResNet50, fine-tuned",
         "archiveSha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
       "signed": true}""";

  static final String VERSIONS = "{\"items\": [" + HEAD + TAIL + "]}";

  private ModelExamples() {}
}
