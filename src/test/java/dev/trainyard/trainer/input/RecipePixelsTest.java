package dev.trainyard.trainer.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trainyard.spec.SpecJson;
import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.TinyPlan;
import dev.trainyard.trainer.input.Pipelines.Batch;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What images become is what Python's TensorFlow makes of them: see make_waves.py. */
class RecipePixelsTest {

  private static final double CLOSE = 1e-4;

  @TempDir Path folder;

  record Case(
      String what,
      int height,
      int width,
      @Nullable Integer number,
      @Nullable Double fraction,
      List<Double> values) {}

  @ParameterizedTest
  @MethodSource("cases")
  void pixels_are_those_of_the_recipes_own_functions(Case wanted) throws IOException {
    TinyPlan plan =
        new TinyPlan(folder, only(resource("waves.jpg")))
            .batchSize(1)
            .training("seed", 5)
            .input("height", wanted.height())
            .input("width", wanted.width())
            .input("shuffleBufferSize", 1);
    List<Batch> batches;
    if (wanted.number() != null) {
      TrainingPlan training = plan.input("augmentation", wanted.what()).build();
      batches = Pipelines.training(training, wanted.number(), 1);
    } else {
      plan.input("augmentation", wanted.what().equals("bicubic") ? "resnet" : "article");
      TrainingPlan evaluation = plan.input("centralFraction", wanted.fraction()).build();
      batches = Pipelines.evaluation(evaluation, 1);
      assertThat(Pipelines.evaluation(evaluation, 2))
          .containsExactly(batches.get(0), batches.get(0));
    }

    assertThat(batches).hasSize(1);
    List<Double> values = values(batches.get(0), wanted.height(), wanted.width());
    for (int i = 0; i < values.size(); i++) {
      assertThat(values.get(i)).as("value %s", i).isCloseTo(wanted.values().get(i), within(CLOSE));
    }
  }

  static Stream<Case> cases() throws IOException {
    return Arrays.stream(SpecJson.MAPPER.readValue(resource("waves.json"), Case[].class));
  }

  /** Fifteen times as wide as high: no part of 8 % of it has an aspect between 3/4 and 4/3. */
  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png"})
  void where_no_random_part_is_found_training_sees_what_evaluation_sees(String format) {
    BufferedImage strip = new BufferedImage(90, 6, BufferedImage.TYPE_INT_RGB);
    strip.getGraphics().drawImage(TinyImages.image(1, new Random(1)), 40, 0, null);
    TrainingPlan plan =
        new TinyPlan(folder, only(TinyImages.encode(strip, format)))
            .batchSize(1)
            .input("augmentation", "resnet")
            .build();
    Batch evaluated = Pipelines.evaluation(plan, 1).get(0);

    List<Batch> trained = Pipelines.training(plan, 0, 12);

    assertThat(trained).contains(evaluated);
    assertThat(trained.stream().distinct()).hasSize(2); // and its mirror image
  }

  @Test
  void a_png_is_cropped_at_random_as_a_jpeg_is() {
    byte[] png = TinyImages.encode(TinyImages.image(1, new Random(1)), "png");
    TinyPlan plan = new TinyPlan(folder, only(png)).batchSize(1).input("augmentation", "resnet");

    assertThat(Pipelines.training(plan.build(), 0, 10).stream().distinct()).hasSizeGreaterThan(5);
  }

  private static List<Double> values(Batch batch, int height, int width) {
    int[] spots = {
      0, width - 1, (height - 1) * width, height * width - 1, height / 2 * width + width / 3
    };
    List<Double> values = new ArrayList<>();
    for (int spot : spots) {
      for (int channel = 0; channel < 3; channel++) {
        values.add((double) batch.pixels().get(spot * 3 + channel));
      }
    }
    for (int channel = 0; channel < 3; channel++) {
      double sum = 0;
      for (int pixel = 0; pixel < height * width; pixel++) {
        sum += batch.pixels().get(pixel * 3 + channel);
      }
      values.add(sum / (height * width));
    }
    return values;
  }

  private TrainingPlan.Data only(byte[] image) {
    byte[] record = TinyImages.record(0, "image", image);
    List<Path> shards = List.of(TinyImages.shard(folder.resolve("shard"), List.of(record)));
    return new TrainingPlan.Data(shards, shards, TinyImages.LABELS, 1, 1);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = RecipePixelsTest.class.getResourceAsStream("/images/" + name)) {
      return in.readAllBytes();
    }
  }
}
