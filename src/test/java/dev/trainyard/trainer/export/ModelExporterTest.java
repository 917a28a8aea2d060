package dev.trainyard.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trainyard.process.ChildJvm;
import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.TinyPlan;
import dev.trainyard.trainer.checkpoint.Checkpoint;
import dev.trainyard.trainer.checkpoint.Checkpoints;
import dev.trainyard.trainer.loop.Trainer;
import dev.trainyard.trainer.predict.SavedModelPredictor;
import dev.trainyard.trainer.protocol.PredictorFrame;
import dev.trainyard.trainer.protocol.PredictorMessage.Answer;
import dev.trainyard.trainer.protocol.PredictorMessage.BadRow;
import dev.trainyard.trainer.protocol.PredictorMessage.Failed;
import dev.trainyard.trainer.protocol.PredictorMessage.Load;
import dev.trainyard.trainer.protocol.PredictorMessage.Ready;
import dev.trainyard.trainer.protocol.PredictorMessage.Run;
import dev.trainyard.trainer.protocol.PredictorMessage.Warm;
import dev.trainyard.trainer.protocol.TensorData;
import dev.trainyard.trainer.protocol.TensorType;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import dev.trainyard.trainer.protocol.TrainerEvent.TensorInfo;
import dev.trainyard.trainer.protocol.TrainerProcess;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

class ModelExporterTest {

  @TempDir private static Path folder;

  private static TrainingPlan plan;

  private final BufferedImage red = TinyImages.image(2, new Random(8));
  private final byte[] png = TinyImages.encode(red, "png");
  private final byte[] jpeg = TinyImages.encode(red, "jpeg");

  @BeforeAll
  static void train() throws IOException {
    TrainingPlan.Data data = TinyImages.write(folder.resolve("data"), 90, 9);
    plan = new TinyPlan(folder, data).steps(80, 80).build();
    Trainer.train(plan, event -> {}, () -> false);
  }

  @Test
  void it_classifies_a_batch_of_images_of_different_kinds_and_sizes() {
    BufferedImage large = new BufferedImage(500, 300, BufferedImage.TYPE_INT_RGB);
    try (SavedModelPredictor model = SavedModelPredictor.load(plan.export())) {
      List<TensorData> outputs = run(model, List.of(jpeg, TinyImages.encode(large, "jpeg"), png));

      assertThat(outputs)
          .extracting(TensorData::name)
          .containsExactly("class", "classid", "probabilities");
      assertThat(new String(outputs.get(0).strings().get(0), StandardCharsets.UTF_8))
          .isEqualTo("red");
      assertThat(outputs.get(1).content().getInt()).isEqualTo(2);
      float[] probabilities = probabilities(outputs);
      assertThat(probabilities).hasSize(9);
      for (int row = 0; row < 3; row++) {
        assertThat(probabilities[3 * row] + probabilities[3 * row + 1] + probabilities[3 * row + 2])
            .isCloseTo(1f, within(1e-5f));
      }
      assertThat(probabilities[8]).isCloseTo(probabilities[2], within(0.05f));
      assertThat(probabilities(run(model, List.of(jpeg)))[2])
          .isCloseTo(probabilities[2], within(1e-6f));
    }
  }

  private static List<TensorData> run(SavedModelPredictor model, List<byte[]> images) {
    return model.run("serving_default", List.of(tensor(images)));
  }

  private static TensorData tensor(List<byte[]> images) {
    int size = images.stream().mapToInt(image -> 4 + image.length).sum();
    ByteBuffer content = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    images.forEach(image -> content.putInt(image.length).put(image));
    List<Long> shape = List.of((long) images.size());
    return new TensorData("image_bytes", TensorType.STRING, shape, content.flip());
  }

  private static float[] probabilities(List<TensorData> outputs) {
    FloatBuffer values = outputs.get(2).content().asFloatBuffer();
    float[] probabilities = new float[values.remaining()];
    values.get(probabilities);
    return probabilities;
  }

  @Test
  void it_carries_the_articles_signatures() {
    try (SavedModelPredictor model = SavedModelPredictor.load(plan.export())) {
      assertThat(model.signatures()).containsOnlyKeys("classes", "serving_default");
      SignatureInfo signature = model.signatures().get("serving_default");
      assertThat(signature.methodName()).isEqualTo("tensorflow/serving/predict");
      assertThat(signature.inputs())
          .containsExactly(new TensorInfo("image_bytes", "STRING", List.of(-1L)));
      assertThat(signature.outputs())
          .containsExactly(
              new TensorInfo("class", "STRING", List.of(-1L)),
              new TensorInfo("classid", "INT32", List.of(-1L)),
              new TensorInfo("probabilities", "FLOAT", List.of(-1L, 3L)));
    }
  }

  @Test
  void it_carries_its_labels_and_names_its_variables() throws IOException {
    assertThat(plan.export().resolve("assets/labels.txt")).hasContent("blue\ngreen\nred\n");
    MetaGraphDef graph =
        SavedModel.parseFrom(Files.readAllBytes(plan.export().resolve("saved_model.pb")))
            .getMetaGraphs(0);
    assertThat(graph.getAssetFileDef(0).getFilename()).isEqualTo("labels.txt");
    assertThat(graph.getCollectionDefOrThrow("variables").getBytesList().getValueCount())
        .isEqualTo(16);
    assertThat(graph.getMetaInfoDef().getTensorflowVersion()).startsWith("2.");
  }

  @Test
  void a_model_that_predicts_something_else_than_the_network_is_not_published() throws IOException {
    TrainingPlan other = new TinyPlan(folder.resolve("other"), plan.data()).build();
    Checkpoint checkpoint =
        new Checkpoints(plan.checkpoints(), 2).newest(warning -> {}).orElseThrow();

    assertThatThrownBy(
            () -> new ModelExporter(other).export(checkpoint, new float[] {0.2f, 0.3f, 0.5f}))
        .hasMessageContaining("does not predict what the trained network does");
    assertThat(other.export()).doesNotExist();
  }

  @Test
  void a_predictor_process_answers_over_its_pipes_until_they_close() throws Exception {
    byte[] cut = Arrays.copyOf(jpeg, jpeg.length / 2);
    byte[] huge = png.clone();
    ByteBuffer.wrap(huge).putInt(16, 10_000).putInt(20, 6_000);
    byte[] text = "text".getBytes(StandardCharsets.UTF_8);
    Process predictor =
        new ChildJvm()
            .of(TrainerProcess.PREDICTOR_MAIN, DataSize.ofMegabytes(256), List.of())
            .builder()
            .redirectError(folder.resolve("predictor.log").toFile())
            .start();
    try (OutputStream to = predictor.getOutputStream();
        InputStream from = predictor.getInputStream()) {
      assertThat(next(from).message()).isInstanceOf(Warm.class);
      new PredictorFrame(new Load(plan.export().toString())).writeTo(to);
      assertThat(next(from).message())
          .isInstanceOfSatisfying(
              Ready.class, ready -> assertThat(ready.memory()).isGreaterThan(50 << 20));

      List<byte[]> images = List.of(text, jpeg, cut, huge, png);
      new PredictorFrame(new Run(7, "serving_default", 5, 1 << 20), List.of(tensor(images)))
          .writeTo(to);

      PredictorFrame answer = next(from);
      assertThat(answer.message())
          .isInstanceOfSatisfying(
              Answer.class,
              it -> {
                assertThat(it.id()).isEqualTo(7);
                assertThat(it.bad()).extracting(BadRow::index).containsExactlyInAnyOrder(0, 2, 3);
                assertThat(it.bad().toString())
                    .contains("neither a JPEG nor a PNG", "does not take it", "10000 x 6000");
              });
      assertThat(answer.tensors().get(0).rows()).isEqualTo(2);
      assertThat(new String(answer.tensors().get(0).strings().get(0), StandardCharsets.UTF_8))
          .isEqualTo("red");
      new PredictorFrame(new Run(8, "serving_default", 1, 10), List.of(tensor(List.of(jpeg))))
          .writeTo(to);
      assertThat(next(from).message())
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.reason()).contains("at most 10"));

      to.close();
      assertThat(predictor.waitFor()).isZero();
    } finally {
      predictor.destroyForcibly();
    }
  }

  private static PredictorFrame next(InputStream from) throws IOException {
    return Objects.requireNonNull(PredictorFrame.read(from, 1 << 20));
  }
}
