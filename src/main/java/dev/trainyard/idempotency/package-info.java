/**
 * Requests that create something can be sent again without creating it twice: the client gives each
 * a key, which is stored in the transaction that stores what it made.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"problem", "problem::document", "project"})
package dev.trainyard.idempotency;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
