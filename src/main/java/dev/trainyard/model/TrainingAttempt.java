package dev.trainyard.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One worker's try at the job that made a model.
 *
 * @param number counts from 1
 * @param outcome how it ended; the last one SUCCEEDED
 * @param reason why, when it did not
 * @param fromStep of the checkpoint that it went on from; absent when it never began to train
 * @param toStep the last step that was heard of
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrainingAttempt(
    int number,
    String worker,
    Instant startTime,
    @Nullable Instant endTime,
    String outcome,
    @Nullable String reason,
    @Nullable Long fromStep,
    @Nullable Long toStep) {}
