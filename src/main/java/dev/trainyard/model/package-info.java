/** The model registry: immutable versions, download, and prediction in a child process. */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "spec",
      "idempotency",
      "problem",
      "project",
      "problem::document",
      "storage",
      "event",
      "fleet",
      "process",
      "retention",
      "telemetry",
      "tfrecord",
      "web",
      "trainer::protocol"
    })
package dev.trainyard.model;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
