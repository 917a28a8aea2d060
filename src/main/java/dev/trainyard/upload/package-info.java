/**
 * Uploads that are received in pieces and go on after any interruption (tus 1.0). What was
 * acknowledged is on disk; the database says how far it is and who writes.
 */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "idempotency",
      "problem",
      "project",
      "storage",
      "fleet",
      "retention",
      "telemetry"
    })
package dev.trainyard.upload;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
