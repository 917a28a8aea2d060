package dev.trainyard.model.alias;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of an alias.
 *
 * @param fromVersion absent when there was no such alias before
 * @param toVersion absent when there is none since
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AliasMove(
    Kind kind, @Nullable Integer fromVersion, @Nullable Integer toVersion, Instant time) {

  /** Who wanted it so. */
  public enum Kind {
    SET,
    ROLLBACK,
    DELETED
  }
}
