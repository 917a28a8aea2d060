package dev.trainyard.process;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How child processes run, which are all that use TensorFlow.
 *
 * @param options given to their JVM after our own, such as the path of another TensorFlow library
 * @param environment names of variables of the service's environment that they see as well
 * @param niceness by how much they give way to others, as nice(1) counts it; predictors do not
 */
@Validated
@ConfigurationProperties("trainyard.child-jvm")
public record ChildJvmProperties(
    @DefaultValue List<String> options,
    @DefaultValue List<String> environment,
    @DefaultValue("5") @Min(0) @Max(19) int niceness) {}
