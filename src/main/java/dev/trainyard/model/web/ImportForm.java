package dev.trainyard.model.web;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/** The parts of an upload, in any order. */
record ImportForm(
    @Schema(
            description = "A zip or tar.gz archive with one SavedModel",
            requiredMode = Schema.RequiredMode.REQUIRED)
        @NotNull(message = "is required: an archive, with curl -F file=@model.tgz")
        MultipartFile file,
    @Schema(
            description = "Where it came from, for people; unknown when left out",
            example = "keras.applications.ResNet50, fine-tuned")
        @Size(min = 1, max = 200)
        @Pattern(regexp = "[^\\x00-\\x1F\\x7F]*", message = "must not have control characters")
        @Nullable String source) {

  String origin() {
    return source == null ? "unknown" : source;
  }
}
