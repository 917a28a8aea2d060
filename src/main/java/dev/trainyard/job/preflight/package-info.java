/**
 * What a job would take, before it is queued: some of its real steps are made in a process that is
 * like a trainer, and the rest is reckoned from them.
 */
@NullMarked
package dev.trainyard.job.preflight;

import org.jspecify.annotations.NullMarked;
