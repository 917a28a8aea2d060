/**
 * Prediction, readiness and metadata at {@code /v2}, in the words of the Open Inference Protocol.
 */
@NullMarked
package dev.trainyard.model.openinference;

import org.jspecify.annotations.NullMarked;
