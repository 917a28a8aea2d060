/**
 * Five kinds of flowers as small photographs: a kind is told by its shape, its colours it shares
 * with the others. The same seed paints the same picture.
 */
@NullMarked
package dev.trainyard.demo.painting;

import org.jspecify.annotations.NullMarked;
