package dev.trainyard.tfrecord;

import java.util.Locale;

/**
 * The file name of a shard: {@code train-00000-of-00004}.
 *
 * @param split {@code train} or {@code validation}
 * @param shard from 0
 * @param count of the split's shards
 */
public record ShardName(String split, int shard, int count) {

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s-%05d-of-%05d", split, shard, count);
  }
}
