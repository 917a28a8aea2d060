package dev.trainyard.worker;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How this process works on jobs.
 *
 * @param slots jobs at the same time, 0 for an API without a worker; at most 64, for each is a tag
 *     value of the metrics
 * @param maxAttempts attempts that end with the trainer's death before the job FAILED
 * @param pollInterval between two looks at the queue, and at a running job's cancellation
 * @param stopGracePeriod for a trainer to finish its step and write a checkpoint
 * @param trainerHeap Java heap of a trainer
 * @param standbyTrainers trainers that are started ahead, warm, and wait for a job; 0 for none
 */
@Validated
@ConfigurationProperties("trainyard.worker")
public record WorkerProperties(
    @DefaultValue("1") @Min(0) @Max(64) int slots,
    @DefaultValue("3") @Min(1) int maxAttempts,
    @DefaultValue("1s") Duration pollInterval,
    @DefaultValue("30s") Duration stopGracePeriod,
    @DefaultValue("256MB") DataSize trainerHeap,
    @DefaultValue("1") @Min(0) @Max(64) int standbyTrainers) {}
