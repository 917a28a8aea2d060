/**
 * The rows of aliases and of where they have been; whether a version is there is not known here.
 */
@NullMarked
package dev.trainyard.model.alias;

import org.jspecify.annotations.NullMarked;
