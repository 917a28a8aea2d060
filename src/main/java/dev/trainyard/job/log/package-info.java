/** The logs of jobs, read in blocks: however long one is, little of it is in memory. */
@NullMarked
package dev.trainyard.job.log;

import org.jspecify.annotations.NullMarked;
