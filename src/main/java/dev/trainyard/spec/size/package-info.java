/**
 * How large a job is, by arithmetic alone: what can be known of it in microseconds, without
 * TensorFlow. Tests hold it to the graphs that the trainer builds.
 */
@NullMarked
@NamedInterface("size")
package dev.trainyard.spec.size;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
