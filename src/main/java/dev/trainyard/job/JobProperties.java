package dev.trainyard.job;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What a job may ask for.
 *
 * @param maxParameters weights and moving statistics of its network, whatever memory there is
 */
@Validated
@ConfigurationProperties("trainyard.job")
record JobProperties(@DefaultValue("1000000000") @Min(1) long maxParameters) {}
