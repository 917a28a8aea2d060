/**
 * The registry over HTTP: {@code /api/v1/models} with downloads, and prediction in the REST dialect
 * of TensorFlow Serving at {@code /v1/models}.
 */
@NullMarked
package dev.trainyard.model.web;

import org.jspecify.annotations.NullMarked;
