/**
 * Traces: the context that a job keeps from its submission to its model, and which requests are
 * recorded.
 */
@NullMarked
@NamedInterface("trace")
package dev.trainyard.telemetry.trace;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
