/** Model versions as downloadable archives: packed once, the same bytes every time. */
@NullMarked
package dev.trainyard.model.archive;

import org.jspecify.annotations.NullMarked;
