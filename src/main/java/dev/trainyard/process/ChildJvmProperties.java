package dev.trainyard.process;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How child processes run, which are all that use TensorFlow.
 *
 * @param options given to their JVM after our own, such as the path of another TensorFlow library
 * @param environment names of variables of the service's environment that they see as well
 * @param launcher a command that becomes the one after it, in the same process, such as {@code
 *     unshare --net}
 * @param memory that each may have, its native memory included, where the system can hold it to
 *     that: Linux, {@code RLIMIT_DATA}; 0 for no limit
 * @param niceness by how much they give way to others, as nice(1) counts it; predictors do not
 */
@Validated
@ConfigurationProperties("trainyard.child-jvm")
public record ChildJvmProperties(
    @DefaultValue List<String> options,
    @DefaultValue List<String> environment,
    @DefaultValue List<String> launcher,
    @DefaultValue("0B") DataSize memory,
    @DefaultValue("5") @Min(0) @Max(19) int niceness) {}
