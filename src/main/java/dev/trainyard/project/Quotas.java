package dev.trainyard.project;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/** How much a project may use; what is null has no limit. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Quotas(
    @PositiveOrZero @Schema(description = "Bytes of datasets, uploads and models.")
        @Nullable Long bytes,
    @PositiveOrZero @Schema(description = "Jobs that are not finished.") @Nullable Long jobs,
    @PositiveOrZero @Schema(description = "Jobs that run at the same time; more wait.")
        @Nullable Long runningJobs,
    @PositiveOrZero @Schema(description = "Seconds that workers spend on its jobs, ever.")
        @Nullable Long trainingSeconds) {

  @Nullable Long of(Quota quota) {
    return switch (quota) {
      case BYTES -> bytes;
      case JOBS -> jobs;
      case RUNNING_JOBS -> runningJobs;
      case TRAINING_SECONDS -> trainingSeconds;
    };
  }
}
