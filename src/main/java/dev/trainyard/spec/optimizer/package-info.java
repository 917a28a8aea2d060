/** How weights change: optimizers, and schedules of their learning rate. */
@NullMarked
@NamedInterface("optimizer")
package dev.trainyard.spec.optimizer;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
