/**
 * The processes of the service: the roles of this one, and the leases by which all that work know
 * of each other.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"storage"})
package dev.trainyard.fleet;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
