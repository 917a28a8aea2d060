/** Who has changed what, or tried to. */
@NullMarked
@ApplicationModule(
    allowedDependencies = {"problem", "fleet", "project", "retention", "security", "web"})
package dev.trainyard.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
