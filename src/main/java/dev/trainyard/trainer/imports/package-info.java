/**
 * Looks into SavedModels that were made elsewhere before TensorFlow does: a graph is a program, and
 * only one of operations that compute and do nothing else is let in. Nothing is run here.
 */
@NullMarked
package dev.trainyard.trainer.imports;

import org.jspecify.annotations.NullMarked;
