/**
 * Projects: whom a dataset, a job or a model belongs to, who sees it, and how much of everything a
 * project may use.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"problem", "problem::document", "fleet", "security"})
package dev.trainyard.project;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
