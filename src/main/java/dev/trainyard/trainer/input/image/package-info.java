/**
 * From an encoded image to what the network sees: decoding, cropping, resizing, and what training
 * changes at random. One image at a time; all of it operations of a graph.
 */
@NullMarked
package dev.trainyard.trainer.input.image;

import org.jspecify.annotations.NullMarked;
