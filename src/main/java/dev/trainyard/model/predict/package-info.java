/**
 * Prediction in child processes: one process a loaded model, a bounded number of them, each let go
 * when it has been idle, and each replaced when it dies.
 */
@NullMarked
package dev.trainyard.model.predict;

import org.jspecify.annotations.NullMarked;
