/** Prediction and model status at {@code /v1/models}, in the REST dialect of TensorFlow Serving. */
@NullMarked
package dev.trainyard.model.serving;

import org.jspecify.annotations.NullMarked;
