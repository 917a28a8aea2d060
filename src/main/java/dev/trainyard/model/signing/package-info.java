/**
 * What this service has registered, told by its signature from what somebody has put in its place.
 */
@NullMarked
package dev.trainyard.model.signing;

import org.jspecify.annotations.NullMarked;
