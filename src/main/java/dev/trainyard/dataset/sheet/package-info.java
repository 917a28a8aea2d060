/** A picture of a dataset: a few images of each class, drawn when somebody asks for it. */
@NullMarked
package dev.trainyard.dataset.sheet;

import org.jspecify.annotations.NullMarked;
