/**
 * What passes between the service and its child processes: the plan, the events, the exit codes,
 * and the predictor's requests and answers. Plain records, as JSON lines or in frames with tensors;
 * no TensorFlow types.
 */
@NullMarked
@NamedInterface("protocol")
package dev.trainyard.trainer.protocol;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
