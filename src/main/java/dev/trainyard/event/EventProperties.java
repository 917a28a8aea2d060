package dev.trainyard.event;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What listening may cost.
 *
 * @param listeners at the same time, those that follow a log included; one more is refused
 * @param listenersPerCaller of these, with one key or name
 * @param heartbeat after so much silence on a stream
 * @param kept events that can be replayed at most; {@code trainyard.retention.events} says how long
 */
@Validated
@ConfigurationProperties("trainyard.events")
public record EventProperties(
    @DefaultValue("2000") @Min(0) int listeners,
    @DefaultValue("1000") @Min(0) int listenersPerCaller,
    @DefaultValue("15s") @DurationMin(millis = 10) Duration heartbeat,
    @DefaultValue("200000") @Min(1) long kept) {}
