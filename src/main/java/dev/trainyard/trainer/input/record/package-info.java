/**
 * The records of shards: what training needs of each, which of them cannot be used, and shards
 * without those.
 */
@NullMarked
package dev.trainyard.trainer.input.record;

import org.jspecify.annotations.NullMarked;
