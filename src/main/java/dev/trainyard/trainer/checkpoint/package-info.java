/**
 * Checkpoints: written beside training, hashed, published by rename; the newest that verifies is
 * restored. With them goes what must survive the process: the time used, and what evaluations
 * found.
 */
@NullMarked
package dev.trainyard.trainer.checkpoint;

import org.jspecify.annotations.NullMarked;
