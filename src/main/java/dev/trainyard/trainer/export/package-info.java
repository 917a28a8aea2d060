/** The inference graph, and the SavedModel with its signatures and labels. */
@NullMarked
package dev.trainyard.trainer.export;

import org.jspecify.annotations.NullMarked;
