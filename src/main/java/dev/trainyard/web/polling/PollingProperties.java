package dev.trainyard.web.polling;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What requests that wait may cost.
 *
 * @param longestWait of one request, whatever it prefers
 * @param waitingRequests at the same time; one more is answered at once
 * @param interval between two looks at what they wait for, when nothing has announced a change
 */
@Validated
@ConfigurationProperties("trainyard.polling")
public record PollingProperties(
    @DefaultValue("60s") @DurationMin(seconds = 0) Duration longestWait,
    @DefaultValue("1000") @Min(0) int waitingRequests,
    @DefaultValue("1s") @DurationMin(millis = 10) Duration interval) {}
