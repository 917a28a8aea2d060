package dev.trainyard.project;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A project.
 *
 * @param quotas what it may use
 * @param used what it uses now, of the same
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProjectView(
    String name, @Nullable String description, Quotas quotas, Quotas used, Instant createTime) {}
