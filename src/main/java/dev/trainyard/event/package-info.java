/**
 * What has happened, in one order for all processes, for those who listen. Modules append to it in
 * the transaction of what they tell of; {@code stream} tells the listeners.
 */
@NullMarked
@ApplicationModule(
    allowedDependencies = {
      "spec",
      "problem",
      "fleet",
      "project",
      "retention",
      "security",
      "telemetry",
      "web",
      "web::polling"
    })
package dev.trainyard.event;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
