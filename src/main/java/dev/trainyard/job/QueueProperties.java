package dev.trainyard.job;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The order and the limits of the queue.
 *
 * @param ageing waiting that makes up for one step of priority
 * @param maxRunningJobs of all workers together; 0 for as many as they have slots
 * @param maxRunningJobsPerSubmitter 0 for no limit
 * @param backoff before a job that failed is tried again; doubled for each further time
 * @param maxBackoff the longest
 * @param maxLosses workers that a job may lose before it fails
 */
@Validated
@ConfigurationProperties("trainyard.queue")
public record QueueProperties(
    @DefaultValue("10m") @DurationMin(seconds = 1) Duration ageing,
    @DefaultValue("0") @Min(0) int maxRunningJobs,
    @DefaultValue("0") @Min(0) int maxRunningJobsPerSubmitter,
    @DefaultValue("1s") @DurationMin(millis = 1) Duration backoff,
    @DefaultValue("5m") @DurationMin(millis = 1) Duration maxBackoff,
    @DefaultValue("20") @Min(1) int maxLosses) {}
