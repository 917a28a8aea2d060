/**
 * The commands of the jar: {@code watch}, {@code submit} and others, played by a plain HTTP client
 * of the public API. Starts no Spring and touches no data folder, so that a command is quick.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "spec")
package dev.trainyard.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
