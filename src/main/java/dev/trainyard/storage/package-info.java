/** Files under the data folder, by opaque key: written aside, hashed, and published by rename. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.trainyard.storage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
