package dev.trainyard.spec;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The registered model that the job's SavedModel becomes the next version of. */
public record RegisterSpec(@ResourceName String model) {

  private static final Pattern VALID = Pattern.compile(ResourceName.PATTERN);

  /**
   * The default for a job of this name. A name that is refused is refused once, not here as well.
   */
  static RegisterSpec named(@Nullable String job) {
    return new RegisterSpec(job != null && VALID.matcher(job).matches() ? job : "unnamed");
  }
}
