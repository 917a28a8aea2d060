/**
 * Datasets: upload, scan, quarantine, conversion to TFRecord shards, publication by rename. Other
 * modules see {@link dev.trainyard.dataset.DatasetCatalog} and the records that it answers with.
 */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "spec",
      "idempotency",
      "problem",
      "project",
      "tfrecord",
      "storage",
      "event",
      "fleet",
      "retention",
      "telemetry",
      "telemetry::trace",
      "upload",
      "web",
      "web::polling"
    })
package dev.trainyard.dataset;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
