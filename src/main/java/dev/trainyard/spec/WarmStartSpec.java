package dev.trainyard.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.Min;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the initial weights come from: a registered model, or another job's newest checkpoint. Give
 * one of the two.
 *
 * @param model name of a registered model
 * @param version of the model; its newest when left out
 * @param job id of another job
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WarmStartSpec(
    @Nullable String model, @Min(1) @Nullable Integer version, @Nullable UUID job) {}
