/** Where trainers run: one contract, one class for each place. Local processes are the first. */
@NullMarked
package dev.trainyard.worker.executor;

import org.jspecify.annotations.NullMarked;
