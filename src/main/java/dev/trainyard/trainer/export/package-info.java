/**
 * The inference graph, the SavedModel with its signatures and labels, and the process that serves
 * it.
 */
@NullMarked
package dev.trainyard.trainer.export;

import org.jspecify.annotations.NullMarked;
