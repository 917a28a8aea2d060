/**
 * What a training job is, as records: request body, stored JSON and trainer input are one type.
 * Defaults live here; so does what can be checked without looking at a dataset. Knows no Spring.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.trainyard.spec;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
