package dev.trainyard.dataset.convert;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/**
 * Holds out the same share of every class: {@code round(n * fraction)} of its n images, but never
 * all of them. When that is none in any class although a share was asked for, each class with two
 * images or more gives one. The same images, fraction and seed give the same split.
 */
final class StratifiedSplit {

  private StratifiedSplit() {}

  /**
   * @param labels of the images, in an order that depends on the upload alone
   * @return the indexes that are held out
   */
  static BitSet heldOut(int[] labels, int classes, double fraction, long seed) {
    List<List<Integer>> members = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      members.add(new ArrayList<>());
    }
    for (int i = 0; i < labels.length; i++) {
      members.get(labels[i]).add(i);
    }
    boolean none = members.stream().allMatch(m -> share(m.size(), fraction) == 0);
    BitSet heldOut = new BitSet(labels.length);
    Random random = new Random(seed);
    for (List<Integer> images : members) {
      int count = share(images.size(), fraction);
      if (none && fraction > 0 && images.size() > 1) {
        count = 1;
      }
      for (int k = 0; k < count; k++) {
        int drawn = k + random.nextInt(images.size() - k);
        Integer chosen = images.set(drawn, images.get(k));
        heldOut.set(chosen);
      }
    }
    return heldOut;
  }

  private static int share(int size, double fraction) {
    return (int) Math.max(0, Math.min(Math.round(size * fraction), size - 1L));
  }
}
