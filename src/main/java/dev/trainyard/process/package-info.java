/**
 * Starts child JVMs from the same jar or class path, with a small environment and a memory limit.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"storage"})
package dev.trainyard.process;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
