/** Datasets: upload, scan, quarantine, conversion to TFRecord shards, publication by rename. */
@NullMarked
@ApplicationModule(allowedDependencies = {"spec", "problem", "tfrecord", "storage", "telemetry"})
package dev.trainyard.dataset;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
