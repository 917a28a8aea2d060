/**
 * The input function: TFRecord shards to batches of images and labels, all in the graph (tf.data).
 */
@NullMarked
package dev.trainyard.trainer.input;

import org.jspecify.annotations.NullMarked;
