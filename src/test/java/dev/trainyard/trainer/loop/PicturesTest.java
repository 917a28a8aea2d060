package dev.trainyard.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trainyard.tfrecord.TfRecordReader;
import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.TinyPlan;
import dev.trainyard.trainer.protocol.TrainingPlan;
import dev.trainyard.trainer.summary.TrainingSummaries;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.HistogramProto;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.Summary;

/** What a training run leaves for TensorBoard besides series. */
class PicturesTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

  private static TrainingPlan.Data data;

  @TempDir Path folder;

  @BeforeAll
  static void write(@TempDir Path shared) {
    data = TinyImages.write(shared, 48, 21);
  }

  @Test
  void the_training_graph_is_there_once_and_whole() throws Exception {
    TrainingPlan plan = plan("a").build();
    train(plan);

    List<Event> graphs = events(plan, 1).stream().filter(Event::hasGraphDef).toList();
    assertThat(graphs).hasSize(1);
    GraphDef graph = GraphDef.parseFrom(graphs.get(0).getGraphDef());
    assertThat(graph.getNodeList()).extracting(NodeDef::getName).contains("conv1/kernel");
    assertThat(graph.getLibrary().getFunctionList()).isNotEmpty();
    try (Graph imported = new Graph()) {
      imported.importGraphDef(graph);
      assertThat(imported.operation("conv1/kernel")).isNotNull();
    }
  }

  @Test
  void four_images_are_there_as_the_network_saw_them() throws IOException {
    TrainingPlan plan = plan("a").input("augmentation", "none").build();
    train(plan);

    List<Summary.Value> images = values(plan, 1).stream().filter(Summary.Value::hasImage).toList();
    assertThat(images)
        .extracting(Summary.Value::getTag)
        .containsExactly("input/image/0", "input/image/1", "input/image/2", "input/image/3");
    for (Summary.Value value : images) {
      BufferedImage image = ImageIO.read(value.getImage().getEncodedImageString().newInput());
      assertThat(image.getWidth()).isEqualTo(16);
      assertThat(image.getHeight()).isEqualTo(16);
      List<Integer> pixels =
          IntStream.range(0, 256).mapToObj(i -> image.getRGB(i % 16, i / 16)).toList();
      assertThat(pixels).as("a square of its class's pure colour").anyMatch(PicturesTest::isPure);
      assertThat(pixels).as("and a grey ground").anyMatch(PicturesTest::isGrey);
    }
  }

  @Test
  void looking_at_a_batch_does_not_change_training() throws IOException {
    train(plan("shown").build());
    Trainer.train(plan("unseen").build(), event -> {}, () -> false);

    Path variables = Path.of("checkpoints", "6", "variables.data-00000-of-00001");
    assertThat(folder.resolve("shown").resolve(variables))
        .hasSameBinaryContentAs(folder.resolve("unseen").resolve(variables));
  }

  @Test
  void a_resumed_attempt_shows_neither_graph_nor_images_again() throws IOException {
    int[] asked = {0};
    TrainingPlan first = plan("a").build();
    try (TrainingSummaries summaries = new TrainingSummaries(first, CLOCK)) {
      Trainer.train(first, summaries, summaries, () -> ++asked[0] > 3);
    }
    train(plan("a").attempt(2).build());

    assertThat(events(first, 2)).isNotEmpty().noneMatch(Event::hasGraphDef);
    assertThat(values(first, 2)).isNotEmpty().noneMatch(Summary.Value::hasImage);
  }

  @Test
  void histograms_of_the_weights_come_with_each_evaluation_when_asked_for() throws IOException {
    TrainingPlan plain = plan("plain").build();
    train(plain);
    assertThat(evaluations(plain)).noneMatch(PicturesTest::hasHistograms);

    TrainingPlan plan = plan("asked").training("histograms", true).build();
    train(plan);

    List<Event> evaluated = evaluations(plan).stream().filter(PicturesTest::hasHistograms).toList();
    assertThat(evaluated).extracting(Event::getStep).containsExactly(3L, 6L);
    List<Summary.Value> weights = evaluated.get(1).getSummary().getValueList();
    assertThat(weights).extracting(Summary.Value::getTag).contains("conv1/kernel", "conv2/bias");
    for (Summary.Value weight : weights) {
      HistogramProto histogram = weight.getHisto();
      assertThat(histogram.getBucketList().stream().mapToDouble(n -> n).sum())
          .as(weight.getTag())
          .isEqualTo(histogram.getNum());
      assertThat(histogram.getBucketLimitList())
          .isSorted()
          .allSatisfy(limit -> assertThat(isTensorBoardLimit(limit)).isTrue());
      assertThat(histogram.getMax()).isGreaterThanOrEqualTo(histogram.getMin());
    }
    HistogramProto kernel =
        weights.stream()
            .filter(weight -> weight.getTag().equals("conv1/kernel"))
            .findFirst()
            .orElseThrow()
            .getHisto();
    assertThat(kernel.getNum()).as("3x3x3 values for each of 4 filters").isEqualTo(108);
    assertThat(kernel.getSum() / 108).isCloseTo(0, within(0.2));
  }

  /** 0, the largest double, or 1e-12 times a power of 1.1, on either side. */
  private static boolean isTensorBoardLimit(double limit) {
    double size = Math.abs(limit);
    double power = Math.log(size / 1e-12) / Math.log(1.1);
    return size == 0 || size == Double.MAX_VALUE || Math.abs(power - Math.rint(power)) < 1e-6;
  }

  private static boolean isPure(int pixel) {
    int[] channels = channels(pixel);
    return channels[2] > 200 && channels[1] < 60;
  }

  private static boolean isGrey(int pixel) {
    int[] channels = channels(pixel);
    return channels[2] - channels[0] < 60;
  }

  /** Ascending. */
  private static int[] channels(int pixel) {
    return IntStream.of(pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255).sorted().toArray();
  }

  private TinyPlan plan(String name) {
    return new TinyPlan(folder.resolve(name), data).steps(6, 3);
  }

  private static void train(TrainingPlan plan) throws IOException {
    try (TrainingSummaries summaries = new TrainingSummaries(plan, CLOCK)) {
      Trainer.train(plan, summaries, summaries, () -> false);
    }
  }

  private static boolean hasHistograms(Event event) {
    return event.getSummary().getValueList().stream().anyMatch(Summary.Value::hasHisto);
  }

  private static List<Summary.Value> values(TrainingPlan plan, int attempt) throws IOException {
    return events(plan, attempt).stream()
        .flatMap(event -> event.getSummary().getValueList().stream())
        .toList();
  }

  private static List<Event> events(TrainingPlan plan, int attempt) throws IOException {
    return events(plan.events(), attempt);
  }

  private static List<Event> evaluations(TrainingPlan plan) throws IOException {
    return events(plan.events().resolve("eval"), 1);
  }

  private static List<Event> events(Path folder, int attempt) throws IOException {
    Path file;
    try (var files = Files.list(folder)) {
      file =
          files
              .filter(it -> it.toString().endsWith("attempt-" + attempt))
              .findFirst()
              .orElseThrow();
    }
    List<Event> events = new ArrayList<>();
    try (TfRecordReader reader = new TfRecordReader(file)) {
      for (byte[] record = reader.read(); record != null; record = reader.read()) {
        events.add(Event.parseFrom(record));
      }
    }
    return events;
  }
}
