/**
 * The main job, played by a client of the public API: draws flowers, uploads them, trains, shows
 * progress.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.trainyard.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
