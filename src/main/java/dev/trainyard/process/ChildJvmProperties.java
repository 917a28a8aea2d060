package dev.trainyard.process;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How child processes run, which are all that use TensorFlow.
 *
 * @param options given to their JVM after our own, such as the path of another TensorFlow library
 */
@ConfigurationProperties("trainyard.child-jvm")
public record ChildJvmProperties(@DefaultValue List<String> options) {}
