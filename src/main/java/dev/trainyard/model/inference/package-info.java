/** What the dialects of prediction have in common: bodies, timing, refusals. */
@NullMarked
package dev.trainyard.model.inference;

import org.jspecify.annotations.NullMarked;
