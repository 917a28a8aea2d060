/**
 * TFRecord framing, masked CRC-32C and {@code tf.train.Example}, byte-compatible with TensorFlow.
 * The format is small and frozen, so it is written by hand: no TensorFlow in the service's own JVM.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.trainyard.tfrecord;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
