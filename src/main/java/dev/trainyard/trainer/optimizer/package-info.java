/** Optimizers on the fused resource operations. */
@NullMarked
package dev.trainyard.trainer.optimizer;

import org.jspecify.annotations.NullMarked;
