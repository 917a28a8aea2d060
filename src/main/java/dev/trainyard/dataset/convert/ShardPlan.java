package dev.trainyard.dataset.convert;

import dev.trainyard.tfrecord.ShardName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How the images of one split are dealt out to its shards, before any is written. It depends on
 * them and the seed alone: whoever writes by it, on however many machines, writes the same bytes.
 *
 * @param images shuffled
 * @param before shards that the split has already
 * @param count of shards to be written; none for no images
 */
public record ShardPlan(String split, List<Inspection.Usable> images, int before, int count) {

  /** Wanted for readers in parallel, as long as each holds a few records. */
  private static final int TRAIN_SHARDS = 4;

  private static final int EXAMPLES_WORTH_A_SHARD = 16;
  private static final int MAX_SHARDS = 1024;

  /**
   * @param images in the order of the listing
   * @param shardSize aimed-at bytes of a shard
   */
  public static ShardPlan of(
      String split, List<Inspection.Usable> images, long seed, long shardSize, int before) {
    List<Inspection.Usable> shuffled = new ArrayList<>(images);
    Collections.shuffle(shuffled, new Random(seed));
    int least = before == 0 && split.equals("train") ? TRAIN_SHARDS : 1;
    return new ShardPlan(split, shuffled, before, count(shuffled, shardSize, least));
  }

  private static int count(List<Inspection.Usable> images, long shardSize, int least) {
    long bytes = images.stream().mapToLong(Inspection.Usable::length).sum();
    long bySize = (bytes + shardSize - 1) / shardSize;
    long wanted = Math.max(bySize, Math.min(least, images.size() / EXAMPLES_WORTH_A_SHARD));
    return (int) Math.min(Math.max(1, wanted), Math.min(images.size(), MAX_SHARDS));
  }

  /**
   * The file name of a shard.
   *
   * @param shard from 0, of those to be written
   */
  public String name(int shard) {
    return new ShardName(split, before + shard, before + count).toString();
  }

  /** Which of the images a shard gets, in this order: they are dealt out like cards. */
  public int[] places(int shard) {
    return IntStream.iterate(shard, i -> i < images.size(), i -> i + count).toArray();
  }
}
