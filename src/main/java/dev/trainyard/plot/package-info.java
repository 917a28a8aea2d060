/**
 * Draws curves and matrices as SVG or PNG, light or dark. One layout serves both: a drawing is made
 * of lines, areas, dots and text on a {@link dev.trainyard.plot.Canvas}. Knows nothing of jobs.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.trainyard.plot;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
