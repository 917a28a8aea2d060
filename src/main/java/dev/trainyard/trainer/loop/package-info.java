/** The training graph, the session that runs it, and the loop around both. */
@NullMarked
package dev.trainyard.trainer.loop;

import org.jspecify.annotations.NullMarked;
