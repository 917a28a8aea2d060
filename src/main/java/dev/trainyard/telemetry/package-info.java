/** The documented metrics of the service, and the metric and evaluation history of each job. */
@NullMarked
@ApplicationModule(allowedDependencies = {"problem", "spec", "trainer::protocol"})
package dev.trainyard.telemetry;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
