/**
 * Claims jobs, runs each in a trainer process of its own, reports what it says, and registers the
 * model.
 */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "spec",
      "problem",
      "storage",
      "fleet",
      "process",
      "dataset",
      "job",
      "model",
      "telemetry",
      "telemetry::trace",
      "web",
      "trainer::protocol"
    })
package dev.trainyard.worker;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
