package dev.trainyard.dataset.convert;

import java.util.BitSet;
import java.util.List;

/** Chooses images to show of each class: the first ones, after they have been shuffled. */
final class SamplePick {

  private static final int OF_TRAIN = 12;
  private static final int OF_VALIDATION = 4;

  private SamplePick() {}

  static BitSet of(List<Inspection.Usable> images, int classes, String split) {
    int most = split.equals("train") ? OF_TRAIN : OF_VALIDATION;
    int[] chosen = new int[classes];
    BitSet picked = new BitSet(images.size());
    for (int i = 0; i < images.size(); i++) {
      if (chosen[images.get(i).label()]++ < most) {
        picked.set(i);
      }
    }
    return picked;
  }
}
