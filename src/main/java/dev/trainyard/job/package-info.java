/**
 * Jobs: the aggregate with its lifecycle, the queue that workers claim from, and the API over both.
 */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "spec",
      "spec::size",
      "problem",
      "project",
      "storage",
      "event",
      "event::stream",
      "process",
      "fleet",
      "dataset",
      "idempotency",
      "model",
      "plot",
      "retention",
      "telemetry",
      "telemetry::trace",
      "web",
      "web::polling",
      "trainer::protocol"
    })
package dev.trainyard.job;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
