/**
 * Checkpoints: written aside, hashed, published by rename; the newest that verifies is restored.
 */
@NullMarked
package dev.trainyard.trainer.checkpoint;

import org.jspecify.annotations.NullMarked;
