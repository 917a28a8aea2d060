package dev.trainyard.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AxisTest {

  private static final double NO_CEILING = Double.POSITIVE_INFINITY;

  @Test
  void ticks_are_round_and_the_axis_begins_and_ends_at_one() {
    Axis axis = Axis.nice(0.13, 2.31, NO_CEILING, 6);
    assertThat(axis.ticks().stream().map(Axis::label))
        .containsExactly("0", "0.5", "1", "1.5", "2", "2.5");
    assertThat(axis.place(2.5)).isEqualTo(1);
    assertThat(Axis.nice(91.2, 98.7, 100, 6).max()).isEqualTo(100);
  }

  @Test
  void steps_are_whole_however_few_there_are() {
    assertThat(Axis.exact(1, 3, 9, true).ticks()).containsExactly(1.0, 2.0, 3.0);
    assertThat(Axis.exact(0, 1_000_000, 9, true).ticks().stream().map(Axis::label))
        .containsExactly("0", "200k", "400k", "600k", "800k", "1M");
  }

  @Test
  void a_logarithmic_axis_goes_by_ones_twos_and_fives_or_by_powers_of_ten() {
    assertThat(Axis.logarithmic(0.03, 0.4).ticks().stream().map(Axis::label))
        .containsExactly("0.02", "0.05", "0.1", "0.2", "0.5");
    assertThat(Axis.logarithmic(1e-7, 3).ticks()).hasSizeBetween(4, 9);
    assertThat(Axis.logarithmic(7, 7).ticks()).hasSizeGreaterThan(1);
    assertThat(Axis.logarithmic(1, 100).place(10)).isEqualTo(0.5, within(1e-9));
  }

  @Test
  void labels_are_as_long_as_they_need_to_be() {
    assertThat(Axis.label(0.1 + 0.2)).isEqualTo("0.3");
    assertThat(Axis.label(2e-5)).isEqualTo("2e-5");
    assertThat(Axis.value(0.34300326)).isEqualTo("0.343");
    assertThat(Axis.value(12_345.0)).isEqualTo("12.3k");
    assertThat(Axis.value(Double.NaN)).isEqualTo("NaN");
  }
}
