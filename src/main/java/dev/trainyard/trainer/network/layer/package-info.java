/**
 * What networks are made of: layers, each a small class behind one interface, and the variables
 * that they add to a pass.
 */
@NullMarked
package dev.trainyard.trainer.network.layer;

import org.jspecify.annotations.NullMarked;
