package dev.trainyard.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trainyard.spec.CnnSpec;
import dev.trainyard.trainer.graph.Variable;
import dev.trainyard.trainer.graph.Variables;
import dev.trainyard.trainer.network.layer.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

class CnnNetworkTest {

  private static final CnnSpec SMALL = new CnnSpec(3, 3, 2, 3, 4, 0.5, false);
  private static final int SIZE = 9;
  private static final int BATCH = 3;

  private final Graph graph = new Graph();
  private final Ops ops = Ops.create(graph);
  private final Variables variables = new Variables(graph);

  @AfterEach
  void close() {
    graph.close();
  }

  @ParameterizedTest
  @CsvSource({"false, 32863585", "true, 32864805"})
  void the_articles_network_has_the_articles_number_of_parameters(
      boolean batchNorm, long parameters) {
    logits(CnnSpec.article(batchNorm), 299, 5);

    assertThat(variables.parameters()).isEqualTo(parameters);
  }

  @Test
  void zero_weights_in_the_last_layer_make_the_loss_the_logarithm_of_the_classes() {
    Classification result = classification(logits(SMALL, SIZE, 5));

    double loss = loss(result, Map.of("dense2/kernel", i -> 0));

    assertThat(loss).isCloseTo(Math.log(5), within(1e-6));
  }

  @Test
  void the_loss_from_fixed_weights_is_the_one_computed_by_hand() {
    Classification result = classification(logits(SMALL, SIZE, 5));
    Map<String, ReferenceCnn.Fill> weights =
        Map.of(
            "conv1/kernel", i -> Math.sin(i),
            "conv1/bias", i -> 0.1 * i,
            "conv2/kernel", i -> Math.cos(i) / 2,
            "conv2/bias", i -> -0.2 * i,
            "dense1/kernel", i -> Math.sin(2 * i) / 3,
            "dense1/bias", i -> 0.05,
            "dense2/kernel", i -> Math.cos(3 * i),
            "dense2/bias", i -> 0.01 * i);

    double loss = loss(result, weights);

    ReferenceCnn reference = new ReferenceCnn(SIZE, 3, 2, 3, 4, 5, weights);
    double expected =
        IntStream.range(0, BATCH)
            .mapToDouble(i -> reference.loss(image(i), label(i)))
            .average()
            .orElseThrow();
    assertThat(loss).isCloseTo(expected, within(1e-5));
    assertThat(expected).isNotCloseTo(Math.log(5), within(0.02)); // else it would be luck
  }

  @Test
  void dropout_is_off_outside_training() {
    Operand<TFloat32> images = images(SIZE);
    Operand<TFloat32> inference =
        Networks.of(SMALL, 5).logits(Pass.inference(ops, variables, 1), images);
    CnnSpec without = new CnnSpec(3, 3, 2, 3, 4, 0.0, false);
    Operand<TFloat32> noDropout =
        Networks.of(without, 5).logits(Pass.inference(ops, variables, 1), images);
    Operand<TFloat32> training =
        Networks.of(SMALL, 5).logits(Pass.training(ops, variables, 1, ops.constant(0L)), images);
    try (Session session = new Session(graph)) {
      session.runner().addTarget(variables.initializer()).run().close();
      try (TFloat32 pixels = pixels(SIZE);
          Result result =
              session
                  .runner()
                  .feed(images.asOutput(), pixels)
                  .fetch(inference)
                  .fetch(noDropout)
                  .fetch(training)
                  .run()) {
        assertThat(result.get(0)).isEqualTo(result.get(1));
        assertThat(result.get(2)).isNotEqualTo(result.get(0));
      }
    }
  }

  private Operand<TFloat32> logits(CnnSpec spec, int size, int classes) {
    return Networks.of(spec, classes).logits(Pass.inference(ops, variables, 1), images(size));
  }

  private Operand<TFloat32> images(int size) {
    return ops.withName("images")
        .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, size, size, 3)));
  }

  private Classification classification(Operand<TFloat32> logits) {
    int[] labels = IntStream.range(0, BATCH).map(CnnNetworkTest::label).toArray();
    Operand<TInt32> constant = ops.constant(labels);
    return Classification.of(ops, logits, constant);
  }

  /** Runs with the given weights in place of the variables' values. */
  private double loss(Classification result, Map<String, ReferenceCnn.Fill> weights) {
    List<Tensor> fed = new ArrayList<>();
    try (Session session = new Session(graph);
        TFloat32 pixels = pixels(SIZE)) {
      session.runner().addTarget(variables.initializer()).run().close();
      Session.Runner runner = session.runner().feed("images", pixels);
      for (Variable<TFloat32> weight : variables.weights()) {
        ReferenceCnn.Fill fill = weights.get(weight.name());
        if (fill != null) {
          TFloat32 values = TFloat32.tensorOf(weight.shape());
          int[] next = {0};
          values.scalars().forEach(value -> value.setFloat((float) fill.at(next[0]++)));
          fed.add(values);
          runner.feed(weight.value().asOutput(), values);
        }
      }
      try (Result fetched = runner.fetch(result.loss()).run()) {
        return ((TFloat32) fetched.get(0)).getFloat();
      }
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  private static TFloat32 pixels(int size) {
    TFloat32 pixels = TFloat32.tensorOf(Shape.of(BATCH, size, size, 3));
    for (int n = 0; n < BATCH; n++) {
      double[][][] image = image(n);
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          for (int c = 0; c < 3; c++) {
            pixels.setFloat((float) image[y][x][c], n, y, x, c);
          }
        }
      }
    }
    return pixels;
  }

  private static double[][][] image(int n) {
    double[][][] image = new double[SIZE][SIZE][3];
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        for (int c = 0; c < 3; c++) {
          image[y][x][c] = Math.sin(n * 7 + y * 3 + x * 2 + c);
        }
      }
    }
    return image;
  }

  private static int label(int n) {
    return (n * 2 + 1) % 5;
  }
}
