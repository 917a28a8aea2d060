/** TensorBoard event files. */
@NullMarked
package dev.trainyard.trainer.summary;

import org.jspecify.annotations.NullMarked;
