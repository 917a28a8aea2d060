/**
 * Reads uploads. Nothing in an archive is ever unpacked under its own name: entries are found by
 * name and read into memory, up to a limit, one at a time.
 */
@NullMarked
package dev.trainyard.dataset.archive;

import org.jspecify.annotations.NullMarked;
