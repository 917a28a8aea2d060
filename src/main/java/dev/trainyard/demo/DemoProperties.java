package dev.trainyard.demo;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The demo.
 *
 * @param enabled whether the main job is played when the service is up
 * @param timeout how long the demo waits for its dataset, and for its job
 */
@Validated
@ConfigurationProperties("trainyard.demo")
public record DemoProperties(
    @DefaultValue("false") boolean enabled,
    @DefaultValue("15m") @DurationMin(seconds = 1) Duration timeout) {}
