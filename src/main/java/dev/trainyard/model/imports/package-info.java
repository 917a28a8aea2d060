/**
 * SavedModels that were made elsewhere: unpacked within limits, looked into by a process of their
 * own before TensorFlow loads them. Off unless the operator turns it on.
 */
@NullMarked
package dev.trainyard.model.imports;

import org.jspecify.annotations.NullMarked;
