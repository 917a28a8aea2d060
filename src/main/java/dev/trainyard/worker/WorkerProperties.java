package dev.trainyard.worker;

import dev.trainyard.spec.ResourceName;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How this process works on jobs.
 *
 * @param slots jobs at the same time, 0 for a worker that only converts datasets; at most 64, for
 *     each is a tag value of the metrics
 * @param labels that jobs may ask for in {@code scheduling.labels}
 * @param pollInterval between two looks at the queue, and at a running job's cancellation
 * @param stopGracePeriod for a trainer whose job is cancelled or paused to finish its step and
 *     write a checkpoint
 * @param drainTimeout the same when the service is stopped
 * @param trainerHeap Java heap of a trainer
 * @param maxLogSize of a job; what is said after that is left out
 * @param standbyTrainers trainers that are started ahead, warm, and wait for a job; 0 for none
 */
@Validated
@ConfigurationProperties("trainyard.worker")
public record WorkerProperties(
    @DefaultValue("1") @Min(0) @Max(64) int slots,
    @DefaultValue({}) Set<@ResourceName String> labels,
    @DefaultValue("1s") Duration pollInterval,
    @DefaultValue("30s") Duration stopGracePeriod,
    @DefaultValue("5s") Duration drainTimeout,
    @DefaultValue("256MB") DataSize trainerHeap,
    @DefaultValue("64MB") DataSize maxLogSize,
    @DefaultValue("1") @Min(0) @Max(64) int standbyTrainers) {}
