/** A small client of the public HTTP API: JSON in and out, uploads streamed from a file. */
@NullMarked
package dev.trainyard.demo.client;

import org.jspecify.annotations.NullMarked;
