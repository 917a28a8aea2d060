package dev.trainyard.dataset.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StratifiedSplitTest {

  @ParameterizedTest
  @CsvSource({"100, 0.1, 10", "14, 0.1, 1", "15, 0.1, 2", "10, 0, 0", "10, 0.99, 9", "1, 0.99, 0"})
  void each_class_gives_its_share_but_never_its_last_image(int size, double fraction, int held) {
    int[] labels = IntStream.range(0, 2 * size).map(i -> i % 2).toArray();
    BitSet heldOut = StratifiedSplit.heldOut(labels, 2, fraction, 1);
    assertThat(heldOut.stream().filter(i -> labels[i] == 0).count()).isEqualTo(held);
    assertThat(heldOut.stream().filter(i -> labels[i] == 1).count()).isEqualTo(held);
  }

  @Test
  void small_classes_give_one_each_rather_than_none_at_all() {
    int[] labels = {0, 0, 0, 1, 1, 2};
    BitSet heldOut = StratifiedSplit.heldOut(labels, 3, 0.1, 1);
    assertThat(heldOut.stream().map(i -> labels[i])).containsExactly(0, 1);
    assertThat(StratifiedSplit.heldOut(labels, 3, 0, 1).isEmpty()).isTrue();
  }

  @Test
  void the_seed_decides_which() {
    int[] labels = new int[1000];
    BitSet first = StratifiedSplit.heldOut(labels, 1, 0.5, 1);
    assertThat(StratifiedSplit.heldOut(labels, 1, 0.5, 1)).isEqualTo(first);
    assertThat(StratifiedSplit.heldOut(labels, 1, 0.5, 2)).isNotEqualTo(first);
  }
}
