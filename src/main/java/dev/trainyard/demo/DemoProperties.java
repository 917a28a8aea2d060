package dev.trainyard.demo;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The demo.
 *
 * @param enabled whether the main job is played when the service is up
 * @param timeout how long the demo waits for its dataset, and for its job
 */
@ConfigurationProperties("trainyard.demo")
public record DemoProperties(
    @DefaultValue("false") boolean enabled, @DefaultValue("15m") Duration timeout) {}
