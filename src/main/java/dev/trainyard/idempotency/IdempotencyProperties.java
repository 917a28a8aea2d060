package dev.trainyard.idempotency;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long a request can be sent again.
 *
 * @param retention from a key's first use until it is free again
 */
@Validated
@ConfigurationProperties("trainyard.idempotency")
public record IdempotencyProperties(
    @DefaultValue("24h") @DurationMin(seconds = 1) Duration retention) {}
