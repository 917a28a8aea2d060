/** The process that serves a SavedModel: any signature, tensors in and tensors out. */
@NullMarked
package dev.trainyard.trainer.predict;

import org.jspecify.annotations.NullMarked;
