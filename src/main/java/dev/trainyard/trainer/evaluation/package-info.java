/**
 * Scores of classifiers on held-out images: the graph says which class each image was taken for,
 * the host counts. All counts are integers and the loss is added up in double precision, image by
 * image, so the same weights get the same figures every time.
 */
@NullMarked
package dev.trainyard.trainer.evaluation;

import org.jspecify.annotations.NullMarked;
