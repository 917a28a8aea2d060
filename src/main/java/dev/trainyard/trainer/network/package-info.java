/**
 * The networks, each a small class behind one interface, and the layers and variables they share.
 */
@NullMarked
package dev.trainyard.trainer.network;

import org.jspecify.annotations.NullMarked;
