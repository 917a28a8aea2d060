/** Tensors from JSON and to JSON, and what a signature says of them. */
@NullMarked
package dev.trainyard.model.tensor;

import org.jspecify.annotations.NullMarked;
