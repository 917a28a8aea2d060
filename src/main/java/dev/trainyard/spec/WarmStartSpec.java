package dev.trainyard.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the initial weights come from: a registered model, or another job's newest checkpoint. Give
 * one of the two.
 *
 * @param model name of a registered model
 * @param version of the model: its number, an alias, or latest; its newest when left out
 * @param job id of another job
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WarmStartSpec(
    @Nullable String model,
    @VersionName @Schema(types = {"integer", "string"}) @Nullable String version,
    @Nullable UUID job) {

  /** A version of a model, whatever it is called elsewhere. */
  public static WarmStartSpec of(String model, int version) {
    return new WarmStartSpec(model, Integer.toString(version), null);
  }
}
