/** Commands about jobs. */
@NullMarked
package dev.trainyard.cli.job;

import org.jspecify.annotations.NullMarked;
