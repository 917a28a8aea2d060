package dev.trainyard.retention;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long things are kept; zero is for ever.
 *
 * @param interval between two looks for what can go
 * @param checkpoints of a job after its end: its attempt's folder, with plan and cached images
 * @param eventFiles of a job after its end
 * @param finishedJobs after their end, with their metrics and log; the models stay
 * @param failedDatasets or cancelled ones, after their upload, with their lists of what was set
 *     aside
 * @param uploads in pieces, after their last byte
 * @param audit what was asked for by whom
 * @param events that can be replayed to those who listen
 */
@Validated
@ConfigurationProperties("trainyard.retention")
public record RetentionProperties(
    @DefaultValue("1h") @DurationMin(millis = 100) Duration interval,
    @DefaultValue("7d") @DurationMin Duration checkpoints,
    @DefaultValue("30d") @DurationMin Duration eventFiles,
    @DefaultValue("0s") @DurationMin Duration finishedJobs,
    @DefaultValue("30d") @DurationMin Duration failedDatasets,
    @DefaultValue("24h") @DurationMin Duration uploads,
    @DefaultValue("24h") @DurationMin Duration events,
    @DefaultValue("0s") @DurationMin Duration audit) {}
