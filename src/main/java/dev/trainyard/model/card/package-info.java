/** The card of a model's version: what is known of it, as Markdown for people. */
@NullMarked
package dev.trainyard.model.card;

import org.jspecify.annotations.NullMarked;
