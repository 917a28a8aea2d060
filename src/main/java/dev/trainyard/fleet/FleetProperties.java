package dev.trainyard.fleet;

import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * This process among others.
 *
 * @param roles what it does
 * @param lease how long after its last sign of life a worker counts as lost
 */
@Validated
@ConfigurationProperties("trainyard")
public record FleetProperties(
    @DefaultValue({"api", "worker"}) @NotEmpty Set<Role> roles,
    @DefaultValue("30s") @DurationMin(seconds = 3) Duration lease) {}
