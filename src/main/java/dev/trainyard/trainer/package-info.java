/**
 * Runs training loops. Knows specs and TFRecords; knows no Spring, HTTP or database. It is the only
 * module that touches TensorFlow, and always in a child process.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"spec", "spec::optimizer", "tfrecord"})
package dev.trainyard.trainer;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
