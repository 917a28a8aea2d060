/**
 * What a dataset says of itself: counts, distributions, duplicates, and in plain words what is
 * likely to go wrong in training. Made in one pass in the order of the listing, so that the same
 * upload always gets the same report.
 */
@NullMarked
package dev.trainyard.dataset.report;

import org.jspecify.annotations.NullMarked;
