/** The networks, each a small class behind one interface, and the loss that all of them share. */
@NullMarked
package dev.trainyard.trainer.network;

import org.jspecify.annotations.NullMarked;
