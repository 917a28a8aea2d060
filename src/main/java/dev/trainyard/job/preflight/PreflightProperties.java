package dev.trainyard.job.preflight;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How jobs are tried before they are queued.
 *
 * @param timeout of one try; what is known by then is answered
 * @param concurrent tries at the same time in this process; one more is answered 503
 * @param heap Java heap of the process that tries; TensorFlow's own memory comes on top
 */
@Validated
@ConfigurationProperties("trainyard.preflight")
public record PreflightProperties(
    @DefaultValue("60s") @DurationMin(seconds = 1) Duration timeout,
    @DefaultValue("1") @Min(1) @Max(16) int concurrent,
    @DefaultValue("256MB") DataSize heap) {}
