package dev.trainyard.dataset.convert;

import dev.trainyard.dataset.report.Sample;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Chooses images to show of each class: the first ones, after they have been shuffled. */
final class SamplePick {

  private static final int OF_TRAIN = 12;
  private static final int OF_VALIDATION = 4;

  private SamplePick() {}

  static BitSet of(List<Inspection.Usable> images, int classes, String split) {
    int[] chosen = new int[classes];
    BitSet picked = new BitSet(images.size());
    for (int i = 0; i < images.size(); i++) {
      if (chosen[images.get(i).label()]++ < most(split)) {
        picked.set(i);
      }
    }
    return picked;
  }

  /** Of records, which stay in their order; each with its number. */
  static Map<Inspection.Usable, Integer> of(Harvest harvest, long seed) {
    Map<Inspection.Usable, Integer> picked = new IdentityHashMap<>();
    for (String split : List.of("train", "validation")) {
      List<Inspection.Usable> shuffled =
          new ArrayList<>(split.equals("train") ? harvest.train() : harvest.validation());
      Collections.shuffle(shuffled, new Random(seed));
      of(shuffled, harvest.labels().size(), split).stream()
          .forEach(i -> picked.put(shuffled.get(i), i));
    }
    return picked;
  }

  /** Of a dataset and of what is added to it by turns, no more than of any other dataset. */
  static List<Sample> byTurns(List<Sample> there, List<Sample> added) {
    List<Sample> all = new ArrayList<>(numbered(there, 0));
    all.addAll(numbered(added, 1));
    all.sort(Sample.ORDER);
    Map<String, Integer> chosen = new HashMap<>();
    return all.stream()
        .filter(sample -> chosen.merge(place(sample), 1, Integer::sum) <= most(sample.split()))
        .toList();
  }

  /** Every second number, in the order that they have within their class and split. */
  private static List<Sample> numbered(List<Sample> samples, int first) {
    Map<String, Integer> next = new HashMap<>();
    return samples.stream()
        .sorted(Sample.ORDER)
        .map(sample -> sample.numbered(next.merge(place(sample), 2, Integer::sum) + first))
        .toList();
  }

  private static String place(Sample sample) {
    return sample.split() + sample.label();
  }

  private static int most(String split) {
    return split.equals("train") ? OF_TRAIN : OF_VALIDATION;
  }
}
