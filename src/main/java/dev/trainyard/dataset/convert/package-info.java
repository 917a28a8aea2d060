/**
 * Turns a listed archive into TFRecord shards. Images are first judged, in parallel and in any
 * order; what is usable is then split, shuffled and written in an order that depends on the upload
 * and the seed alone, so that the same upload always becomes the same bytes.
 */
@NullMarked
package dev.trainyard.dataset.convert;

import org.jspecify.annotations.NullMarked;
