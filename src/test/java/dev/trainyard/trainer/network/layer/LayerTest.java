package dev.trainyard.trainer.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.trainyard.trainer.graph.Variables;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class LayerTest {

  private final Graph graph = new Graph();
  private final Ops ops = Ops.create(graph);
  private final Variables variables = new Variables(graph);

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void batch_norm_normalizes_by_the_batch_and_moves_its_averages() {
    Operand<TFloat32> batch = ops.constant(new float[][] {{1, 10}, {3, 10}, {8, 40}, {4, 0}});
    Pass pass = Pass.training(ops, variables, 1, ops.constant(0L));
    Operand<TFloat32> normalized = new BatchNorm("norm").apply(pass, batch);
    Op step = ops.withControlDependencies(pass.updates()).noOp();

    try (Session session = initialized()) {
      float[] first = fetch(session, normalized);
      session.runner().addTarget(step).run().close();
      session.runner().addTarget(step).run().close();

      double[] mean = {4, 15};
      double[] variance = {6.5, 225}; // of the whole batch, not of a sample
      for (int i = 0; i < 2; i++) {
        double expected = ((i == 0 ? 1 : 10) - mean[i]) / Math.sqrt(variance[i] + 1e-3);
        assertThat((double) first[i]).isCloseTo(expected, within(1e-5));
        double kept = 0.99 * 0.99;
        assertThat((double) fetch(session, value("norm/moving_mean"))[i])
            .isCloseTo((1 - kept) * mean[i], within(1e-5));
        assertThat((double) fetch(session, value("norm/moving_variance"))[i])
            .isCloseTo(kept + (1 - kept) * variance[i], within(1e-4));
      }
    }
  }

  @Test
  void batch_norm_infers_by_its_averages_alone() {
    Operand<TFloat32> batch = ops.constant(new float[][] {{1}, {3}});
    Pass pass = Pass.inference(ops, variables, 1);
    Operand<TFloat32> normalized = new BatchNorm("norm").apply(pass, batch);

    try (Session session = initialized()) {
      double scale = 1 / Math.sqrt(1 + 1e-3);
      assertThat((double) fetch(session, normalized)[0]).isCloseTo(scale, within(1e-6));
      assertThat((double) fetch(session, normalized)[1]).isCloseTo(3 * scale, within(1e-6));
    }
    assertThat(pass.updates()).isEmpty();
  }

  @Test
  void batch_norm_of_images_normalizes_channels_and_moves_by_the_unbiased_variance() {
    Operand<TFloat32> images =
        ops.constant(new float[][][][] {{{{1, 10}, {3, 10}}}, {{{8, 40}, {4, 0}}}});
    Pass pass = Pass.training(ops, variables, 1, ops.constant(0L));
    BatchNorm norm = new BatchNorm("norm", 0.9f, 1e-5f, 0.5f);
    Operand<TFloat32> normalized = norm.apply(pass, images);
    Operand<TFloat32> inferred = norm.apply(Pass.inference(ops, variables, 1), images);
    Op step = ops.withControlDependencies(pass.updates()).noOp();

    try (Session session = initialized()) {
      float[] first = fetch(session, normalized);
      session.runner().addTarget(step).run().close();

      double[] mean = {4, 15};
      double[] variance = {6.5, 225};
      for (int i = 0; i < 2; i++) {
        double value = i == 0 ? 1 : 10;
        assertThat((double) first[i])
            .isCloseTo(0.5 * (value - mean[i]) / Math.sqrt(variance[i] + 1e-5), within(1e-5));
        double average = 0.1 * mean[i];
        double spread = 0.9 + 0.1 * variance[i] * 4 / 3; // of four samples
        assertThat((double) fetch(session, value("norm/moving_mean"))[i])
            .isCloseTo(average, within(1e-5));
        assertThat((double) fetch(session, value("norm/moving_variance"))[i])
            .isCloseTo(spread, within(1e-4));
        assertThat((double) fetch(session, inferred)[i])
            .isCloseTo(0.5 * (value - average) / Math.sqrt(spread + 1e-5), within(1e-5));
      }
    }
  }

  @Test
  void padding_of_a_strided_convolution_does_not_depend_on_the_images_size() {
    Pass pass = Pass.inference(ops, variables, 1);
    Layer convolution = new PaddedConv2d("conv", 3, 1, 2);
    List<float[]> corners = new ArrayList<>();
    List<Operand<TFloat32>> outputs = new ArrayList<>();
    for (int size : new int[] {8, 9}) {
      Operand<TFloat32> ones =
          ops.fill(ops.constant(new int[] {1, size, size, 1}), ops.constant(1f));
      Operand<TFloat32> fixed = ops.ensureShape(ones, Shape.of(1, size, size, 1));
      outputs.add(convolution.apply(pass, fixed));
    }
    try (Session session = initialized()) {
      for (Operand<TFloat32> output : outputs) {
        corners.add(fetch(session, output));
      }
    }
    assertThat(outputs.get(0).shape()).isEqualTo(Shape.of(1, 4, 4, 1));
    assertThat(outputs.get(1).shape()).isEqualTo(Shape.of(1, 5, 5, 1));
    assertThat(corners.get(0)[0])
        .isEqualTo(corners.get(1)[0]); // two rows and columns of the kernel
    assertThat(corners.get(0)[0]).isNotEqualTo(corners.get(0)[5]); // all of it
  }

  @Test
  void a_residual_block_adds_its_input() {
    Operand<TFloat32> input = ops.constant(new float[][] {{1, -3, 2}});
    Layer twice = (pass, values) -> pass.ops().math.mul(values, pass.ops().constant(2f));
    Pass pass = Pass.inference(ops, variables, 1);
    Operand<TFloat32> output =
        new ResidualBlock(twice, Layer.sequence(List.of())).apply(pass, input);

    try (Session session = new Session(graph)) {
      assertThat(fetch(session, output)).containsExactly(3, 0, 6);
    }
  }

  @Test
  void dropout_keeps_the_sum_and_depends_on_the_step_only() {
    Operand<TFloat32> ones = ops.fill(ops.constant(new int[] {100, 100}), ops.constant(1f));
    List<Operand<TFloat32>> steps = new ArrayList<>();
    for (long step : new long[] {5, 5, 6}) {
      Pass pass = Pass.training(ops, variables, 1, ops.constant(step));
      steps.add(new Dropout("dropout", 0.25).apply(pass, ones));
    }

    try (Session session = new Session(graph)) {
      float[] five = fetch(session, steps.get(0));
      int dropped = 0;
      for (float value : five) {
        if (value == 0) {
          dropped++;
        } else {
          assertThat((double) value).isCloseTo(1 / 0.75, within(1e-6));
        }
      }
      assertThat(dropped).isBetween(2300, 2700);
      assertThat(fetch(session, steps.get(1))).isEqualTo(five);
      assertThat(fetch(session, steps.get(2))).isNotEqualTo(five);
    }
  }

  @Test
  void glorot_uniform_fills_its_range_and_differs_by_variable() {
    Pass pass = Pass.inference(ops, variables, 1);
    Shape shape = Shape.of(5, 5, 3, 10);
    Operand<TFloat32> kernel = Initial.glorotUniform(pass, "a/kernel", shape);
    Operand<TFloat32> other = Initial.glorotUniform(pass, "b/kernel", shape);

    try (Session session = new Session(graph)) {
      float[] values = fetch(session, kernel);
      double limit = Math.sqrt(6.0 / (25 * 13));
      double largest = 0;
      for (float value : values) {
        largest = Math.max(largest, Math.abs(value));
      }
      assertThat(largest).isLessThanOrEqualTo(limit).isGreaterThan(0.95 * limit);
      assertThat(fetch(session, other)).isNotEqualTo(values);
    }
  }

  @Test
  void fan_in_normal_has_the_variance_of_the_reference_and_no_far_values() {
    Pass pass = Pass.inference(ops, variables, 1);
    Operand<TFloat32> kernel = Initial.fanInNormal(pass, "a/kernel", Shape.of(3, 3, 32, 64));

    try (Session session = new Session(graph)) {
      float[] values = fetch(session, kernel);
      double squares = 0;
      double largest = 0;
      for (float value : values) {
        squares += (double) value * value;
        largest = Math.max(largest, Math.abs(value));
      }
      double variance = 1.0 / (9 * 32);
      assertThat(squares / values.length).isCloseTo(variance, withinPercentage(3));
      assertThat(largest).isCloseTo(2 * Math.sqrt(variance) / 0.8796, withinPercentage(3));
    }
  }

  private Session initialized() {
    Session session = new Session(graph);
    session.runner().addTarget(variables.initializer()).run().close();
    return session;
  }

  private Operand<TFloat32> value(String name) {
    return variables.all().stream()
        .filter(variable -> variable.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value()
        .asOutput()
        .expect(TFloat32.class);
  }

  private static float[] fetch(Session session, Operand<TFloat32> operand) {
    try (Result result = session.runner().fetch(operand).run()) {
      TFloat32 tensor = (TFloat32) result.get(0);
      float[] values = new float[(int) tensor.size()];
      int[] next = {0};
      tensor.scalars().forEach(value -> values[next[0]++] = value.getFloat());
      return values;
    }
  }
}
