/**
 * Trainyard: POST a training job, watch it, download a SavedModel. Each sub-package is a module.
 */
@NullMarked
package dev.trainyard;

import org.jspecify.annotations.NullMarked;
