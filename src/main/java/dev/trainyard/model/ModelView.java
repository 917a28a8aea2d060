package dev.trainyard.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A registered model.
 *
 * @param project that it belongs to; a name belongs to the project that used it first
 * @param latestVersion the highest version that is there
 * @param versions how many versions are there
 * @param aliases the version that each stands for, in the order of their names
 * @param createTime when its first version was registered
 */
public record ModelView(
    String name,
    String project,
    int latestVersion,
    long versions,
    Map<String, Integer> aliases,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String description,
    Map<String, String> tags,
    Instant createTime) {}
