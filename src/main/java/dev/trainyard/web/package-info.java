/** What belongs to the whole HTTP surface: the OpenAPI description and its settings. */
@NullMarked
@ApplicationModule(allowedDependencies = {"problem"})
package dev.trainyard.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
