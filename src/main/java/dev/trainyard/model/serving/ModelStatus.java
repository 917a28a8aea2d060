package dev.trainyard.model.serving;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.trainyard.model.ModelVersionView;
import java.util.List;

/** TensorFlow Serving's GetModelStatusResponse in its JSON form. */
record ModelStatus(@JsonProperty("model_version_status") List<VersionStatus> versions) {

  static ModelStatus of(List<ModelVersionView> versions) {
    return new ModelStatus(
        versions.stream()
            .map(
                it ->
                    new VersionStatus(
                        Integer.toString(it.version()), "AVAILABLE", new Status("OK", "")))
            .toList());
  }

  record VersionStatus(String version, String state, Status status) {}

  record Status(
      @JsonProperty("error_code") String errorCode,
      @JsonProperty("error_message") String errorMessage) {}
}
