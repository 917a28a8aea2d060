/**
 * The catalogue of everything that the API can answer instead of success, and the one place that
 * turns exceptions into {@code application/problem+json}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.trainyard.problem;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
