package dev.trainyard.spec;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The registered model that the job's SavedModel becomes the next version of.
 *
 * @param checkpoint which weights it gets; {@code best} by {@code training.checkpoint.keepBest}
 */
public record RegisterSpec(@ResourceName String model, Weights checkpoint) {

  public enum Weights {
    @JsonProperty("last")
    LAST,
    @JsonProperty("best")
    BEST
  }

  /** A file that stands beside the models' folders. */
  static final String RESERVED = "models.config";

  private static final Pattern VALID = Pattern.compile(ResourceName.PATTERN);

  public RegisterSpec(String model, @Nullable Weights checkpoint) {
    this.model = model;
    this.checkpoint = checkpoint == null ? Weights.LAST : checkpoint;
  }

  /**
   * The default for a job of this name. A name that is refused is refused once, not here as well.
   */
  static RegisterSpec named(@Nullable String job) {
    return new RegisterSpec(job != null && VALID.matcher(job).matches() ? job : "unnamed", null);
  }
}
