package dev.trainyard.hostile;

import java.util.List;
import java.util.Random;

/** Chance, the same for the same seed. */
record Dice(Random random) {

  Dice(long seed, long throwOf) {
    this(new Random(seed * 1_000_003 + throwOf));
  }

  /** One time of so many. */
  boolean onceIn(int times) {
    return random.nextInt(times) == 0;
  }

  boolean percent(int share) {
    return random.nextInt(100) < share;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  <T> T of(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
