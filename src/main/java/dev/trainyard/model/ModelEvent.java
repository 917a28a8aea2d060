package dev.trainyard.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What an event about a version of a model tells.
 *
 * @param jobId of the job that made it; absent when it was imported
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ModelEvent(String model, int version, @Nullable String jobId) {}
