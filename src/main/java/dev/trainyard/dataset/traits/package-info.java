/**
 * What is kept of each image of a dataset beside its record, in a file of its own: what a report on
 * the whole needs when something is added later, in some forty bytes an image and its name. Nothing
 * but places in that file is held in memory.
 */
@NullMarked
package dev.trainyard.dataset.traits;

import org.jspecify.annotations.NullMarked;
