/** The documented metrics of the service, and the metric history of each job. */
@NullMarked
@ApplicationModule(allowedDependencies = {"problem"})
package dev.trainyard.telemetry;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
