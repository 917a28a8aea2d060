/** Prediction for people: image files in, labels out. */
@NullMarked
package dev.trainyard.model.images;

import org.jspecify.annotations.NullMarked;
