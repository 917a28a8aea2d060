package dev.trainyard.security.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trainyard.security.Caller;
import dev.trainyard.security.Scope;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key without its secret.
 *
 * @param id also the middle of its secret, by which it is told in logs
 * @param projects that it sees; {@code *} alone for all of them
 * @param expireTime from then on it is refused
 * @param lastUsedTime to the minute
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApiKey(
    String id,
    String name,
    Scope scope,
    List<String> projects,
    @Schema(description = "The name of the caller who made it.") String createdBy,
    Instant createTime,
    @Nullable Instant expireTime,
    @Nullable Instant lastUsedTime) {

  /** In place of a list of projects. */
  public static final String ALL_PROJECTS = "*";

  public ApiKey {
    projects = List.copyOf(projects);
  }

  Caller caller() {
    return new Caller(
        name, id, scope, projects.contains(ALL_PROJECTS) ? null : Set.copyOf(projects));
  }
}
