package dev.trainyard.trainer.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trainyard.spec.InputSpec;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.TinyPlan;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFOutOfRangeException;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

class InputFunctionTest {

  @TempDir Path folder;

  /** Images as flat rows of pixels, and their labels. */
  record Batch(List<FloatBuffer> images, List<Integer> labels) {}

  @ParameterizedTest
  @CsvSource({"11, 7", "24, 24", "40, 33"})
  void pixels_are_those_of_an_independent_bilinear_resize(int height, int width) {
    BufferedImage image = TinyImages.image(1, new Random(3));
    byte[] record = TinyImages.record(1, "a.png", TinyImages.encode(image, "png"));
    TrainingPlan.Data data = only(record);

    Batch evaluation = evaluation(data, spec(height, width, "article", 1), 1, 1).get(0);
    Batch training = training(data, spec(height, width, "none", 1), 1, 0, 1).get(0);

    assertThat(evaluation.labels()).containsExactly(1);
    FloatBuffer pixels = evaluation.images().get(0);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          double expected = bilinear(image, y * 24.0 / height, x * 24.0 / width, c) / 127.5 - 1;
          assertThat((double) pixels.get((y * width + x) * 3 + c))
              .isCloseTo(expected, within(1e-5));
        }
      }
    }
    assertThat(training.images().get(0)).isEqualTo(pixels);
  }

  @Test
  void evaluation_sees_every_image_once_in_order_and_the_rest_in_a_smaller_batch() {
    TrainingPlan.Data data = TinyImages.write(folder, 4, 11);
    InputSpec spec = spec(16, 16, "article", 16);

    List<Batch> first = evaluation(data, spec, 4, 9);
    List<Batch> second = evaluation(data, spec, 4, 9);

    assertThat(first).extracting(batch -> batch.labels().size()).containsExactly(4, 4, 3);
    assertThat(first.stream().flatMap(batch -> batch.labels().stream()))
        .containsExactly(0, 2, 1, 0, 2, 1, 1, 0, 2, 1, 0); // 0 2 4 6 8 10, then 1 3 5 7 9, mod 3
    assertThat(flat(second)).isEqualTo(flat(first));
  }

  @Test
  void training_shuffles_and_repeats_without_losing_an_image() {
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      BufferedImage gray = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < 64; pixel++) {
        gray.setRGB(pixel % 8, pixel / 8, 0x010101 * i * 20);
      }
      records.add(TinyImages.record(0, i + ".png", TinyImages.encode(gray, "png")));
    }
    TrainingPlan.Data data = only(records.toArray(byte[][]::new));
    InputSpec spec = spec(4, 4, "none", 12);

    List<Float> brightness =
        training(data, spec, 4, 0, 3 * 10).stream()
            .flatMap(batch -> batch.images().stream())
            .map(pixels -> pixels.get(0))
            .toList();

    assertThat(new TreeSet<>(brightness)).hasSize(12);
    // ten epochs have left the buffer, which holds up to one more
    assertThat(brightness)
        .allSatisfy(value -> assertThat(Collections.frequency(brightness, value)).isLessThan(12));
    assertThat(brightness.subList(0, 12)).isNotEqualTo(brightness.subList(12, 24));
  }

  @Test
  void augmentation_is_random_by_record_and_the_same_for_the_same_seed() {
    BufferedImage image = TinyImages.image(0, new Random(1));
    byte[] record = TinyImages.record(0, "a.png", TinyImages.encode(image, "png"));
    TrainingPlan.Data data = only(record);
    InputSpec spec = spec(16, 16, "article", 1);

    List<FloatBuffer> images = flat(training(data, spec, 1, 0, 20));

    assertThat(flat(training(data, spec, 1, 0, 20))).isEqualTo(images);
    for (int i = 1; i < images.size(); i++) {
      assertThat(images.get(i)).isNotEqualTo(images.get(0));
    }
    // brightness and contrast reach beyond [-1, 1], and are not clipped
    double largest = 0;
    for (FloatBuffer pixels : images) {
      for (float pixel : pixels.array()) {
        largest = Math.max(largest, Math.abs(pixel));
      }
    }
    assertThat(largest).isGreaterThan(1.1).isLessThan(1 + 2 * 63 / 255.0 + 1.8);
  }

  @Test
  void skipping_goes_on_exactly_where_the_records_skipped_end() {
    TrainingPlan.Data data = TinyImages.write(folder, 20, 0);
    InputSpec spec = spec(16, 16, "article", 7);

    List<Batch> whole = training(data, spec, 4, 0, 12);
    List<Batch> rest = training(data, spec, 4, 8 * 4, 4);

    assertThat(flat(rest)).isEqualTo(flat(whole.subList(8, 12)));
    assertThat(rest.get(3).labels()).isEqualTo(whole.get(11).labels());
  }

  @Test
  void transposed_batches_hold_the_same_images_batch_last() {
    TinyPlan plan = new TinyPlan(folder, TinyImages.write(folder, 20, 11));
    List<Pipelines.Batch> training = Pipelines.training(plan.build(), 1, 3);
    List<Pipelines.Batch> evaluation = Pipelines.evaluation(plan.build(), 1);
    TrainingPlan transposed = plan.input("transpose", true).build();

    List<Pipelines.Batch> turnedTraining = Pipelines.training(transposed, 1, 3);
    assertThat(turnedTraining.get(0).shape()).containsExactly(16L, 16L, 3L, 8L);
    List<Pipelines.Batch> turnedEvaluation = Pipelines.evaluation(transposed, 1);
    assertThat(turnedEvaluation.get(1).shape()).containsExactly(16L, 16L, 3L, 3L);

    assertThat(turnedTraining).extracting(InputFunctionTest::batchFirst).isEqualTo(training);
    assertThat(turnedEvaluation).extracting(InputFunctionTest::batchFirst).isEqualTo(evaluation);
  }

  private static Pipelines.Batch batchFirst(Pipelines.Batch batch) {
    int examples = batch.labels().size();
    int values = batch.pixels().limit() / examples;
    FloatBuffer pixels = FloatBuffer.allocate(batch.pixels().limit());
    for (int example = 0; example < examples; example++) {
      for (int value = 0; value < values; value++) {
        pixels.put(batch.pixels().get(value * examples + example));
      }
    }
    List<Long> shape = List.of((long) examples, 16L, 16L, 3L);
    return new Pipelines.Batch(pixels.flip(), batch.labels(), shape);
  }

  private TrainingPlan.Data only(byte[]... records) {
    Path shard = TinyImages.shard(folder.resolve("only"), List.of(records));
    List<Path> shards = List.of(shard);
    return new TrainingPlan.Data(shards, shards, TinyImages.LABELS, records.length, records.length);
  }

  private static List<Batch> training(
      TrainingPlan.Data data, InputSpec spec, int batchSize, long skip, int batches) {
    try (Graph graph = new Graph()) {
      Ops ops = Ops.create(graph);
      InputFunction input = new InputFunction(graph, data, spec, null, true);
      return run(graph, input.training(batchSize, 5, ops.constant(skip)), batches);
    }
  }

  private static List<Batch> evaluation(
      TrainingPlan.Data data, InputSpec spec, int batchSize, int batches) {
    try (Graph graph = new Graph()) {
      return run(
          graph,
          new InputFunction(graph, data, spec, null, true).evaluation(batchSize, false),
          batches);
    }
  }

  private static List<Batch> run(Graph graph, Batches batches, int count) {
    List<Batch> all = new ArrayList<>();
    try (Session session = new Session(graph)) {
      session.runner().addTarget(batches.restart()).run().close();
      for (int i = 0; i < count; i++) {
        try (Result result =
            session.runner().fetch(batches.images()).fetch(batches.labels()).run()) {
          all.add(batch((TFloat32) result.get(0), (TInt32) result.get(1)));
        }
      }
    } catch (TFOutOfRangeException end) {
      // fewer than asked for
    }
    return all;
  }

  private static Batch batch(TFloat32 images, TInt32 labels) {
    List<FloatBuffer> rows = new ArrayList<>();
    images
        .elements(0)
        .forEach(
            image -> {
              float[] row = new float[(int) image.size()];
              int[] next = {0};
              image.scalars().forEach(value -> row[next[0]++] = value.getFloat());
              rows.add(FloatBuffer.wrap(row));
            });
    List<Integer> numbers = new ArrayList<>();
    labels.scalars().forEach(label -> numbers.add(label.getInt()));
    return new Batch(rows, numbers);
  }

  private static List<FloatBuffer> flat(List<Batch> batches) {
    return batches.stream().flatMap(batch -> batch.images().stream()).toList();
  }

  private static double bilinear(BufferedImage image, double y, double x, int channel) {
    int top = (int) y;
    int left = (int) x;
    int bottom = Math.min(top + 1, image.getHeight() - 1);
    int right = Math.min(left + 1, image.getWidth() - 1);
    double upper = mix(at(image, top, left, channel), at(image, top, right, channel), x - left);
    double lower =
        mix(at(image, bottom, left, channel), at(image, bottom, right, channel), x - left);
    return mix(upper, lower, y - top);
  }

  private static double mix(double a, double b, double share) {
    return a + (b - a) * share;
  }

  private static int at(BufferedImage image, int y, int x, int channel) {
    return image.getRGB(x, y) >> (16 - 8 * channel) & 0xff;
  }

  private static InputSpec spec(int height, int width, String augmentation, int buffer) {
    return SpecJson.MAPPER.convertValue(
        Map.of(
            "height",
            height,
            "width",
            width,
            "augmentation",
            augmentation,
            "shuffleBufferSize",
            buffer),
        InputSpec.class);
  }
}
