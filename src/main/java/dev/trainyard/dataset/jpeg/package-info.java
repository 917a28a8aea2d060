/**
 * Walks a baseline JPEG to its last bit without making an image of it (ITU-T T.81): every Huffman
 * code is followed, most coefficients are skipped, and what the constant terms and a few sampled
 * blocks tell of its colours is kept. A tenth of a decoder's work, and it finds the same breaks.
 */
@NullMarked
package dev.trainyard.dataset.jpeg;

import org.jspecify.annotations.NullMarked;
