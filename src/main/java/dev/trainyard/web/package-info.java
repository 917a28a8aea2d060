/** What belongs to the whole HTTP surface: pages of lists, and the OpenAPI description. */
@NullMarked
@ApplicationModule(allowedDependencies = {"problem", "telemetry"})
package dev.trainyard.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
