package dev.trainyard.model.alias;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A name that stands for a version.
 *
 * @param previousVersion where a rollback would move it; absent when it has been nowhere else
 * @param updateTime when it came to where it is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Alias(
    String alias, int version, @Nullable Integer previousVersion, Instant updateTime) {}
