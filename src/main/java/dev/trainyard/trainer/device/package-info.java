/** Where the graph runs: the session's configuration for each kind of accelerator. */
@NullMarked
package dev.trainyard.trainer.device;

import org.jspecify.annotations.NullMarked;
