/**
 * The conversion of a dataset as an Apache Beam pipeline, for folders that one machine would be too
 * slow for. What is decided, it lets the service's own code decide: what an image is worth, which
 * shard and place it goes to, what its record's bytes are. Here is only what moves it between
 * machines.
 */
@NullMarked
package dev.trainyard.beam;

import org.jspecify.annotations.NullMarked;
