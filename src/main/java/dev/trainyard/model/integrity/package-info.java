/** Whether files are still what they were, told by their SHA-256. */
@NullMarked
package dev.trainyard.model.integrity;

import org.jspecify.annotations.NullMarked;
