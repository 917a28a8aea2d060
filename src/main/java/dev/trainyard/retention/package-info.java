/**
 * What is deleted in time: a housekeeper that has each module tidy up its own, and the sweep of
 * files that no row knows.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"storage", "telemetry"})
package dev.trainyard.retention;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
