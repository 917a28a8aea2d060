/**
 * What belongs to the whole HTTP surface: pages of lists, the OpenAPI description, the web page.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"problem", "problem::document", "telemetry"})
package dev.trainyard.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
