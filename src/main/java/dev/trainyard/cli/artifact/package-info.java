/** Commands about what jobs take and give: datasets and models. */
@NullMarked
package dev.trainyard.cli.artifact;

import org.jspecify.annotations.NullMarked;
