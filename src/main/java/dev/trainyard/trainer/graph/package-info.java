/**
 * What TensorFlow Java lacks and every other part needs: functions inside a graph, resource
 * variables with names, and saving them. Everything is built once, then run by a session.
 */
@NullMarked
package dev.trainyard.trainer.graph;

import org.jspecify.annotations.NullMarked;
