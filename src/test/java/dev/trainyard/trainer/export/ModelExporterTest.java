package dev.trainyard.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trainyard.spec.SpecJson;
import dev.trainyard.trainer.ChildTrainer;
import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.TinyPlan;
import dev.trainyard.trainer.checkpoint.Checkpoint;
import dev.trainyard.trainer.checkpoint.Checkpoints;
import dev.trainyard.trainer.loop.Trainer;
import dev.trainyard.trainer.protocol.PredictorMessage;
import dev.trainyard.trainer.protocol.PredictorMessage.Prediction;
import dev.trainyard.trainer.protocol.PredictorMessage.Predictions;
import dev.trainyard.trainer.protocol.PredictorMessage.Refused;
import dev.trainyard.trainer.protocol.PredictorMessage.Request;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import dev.trainyard.trainer.protocol.TrainerEvent.TensorInfo;
import dev.trainyard.trainer.protocol.TrainerProcess;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
      List<Prediction> predictions =
          model.predict(List.of(jpeg, TinyImages.encode(large, "jpeg"), png));

      assertThat(predictions).hasSize(3);
      assertThat(predictions.get(0).label()).isEqualTo("red");
      assertThat(predictions.get(0).classid()).isEqualTo(2);
      for (Prediction prediction : predictions) {
        assertThat(prediction.probabilities().stream().mapToDouble(Float::doubleValue).sum())
            .isCloseTo(1, within(1e-5));
      }
      assertThat((double) predictions.get(2).probabilities().get(2))
          .isCloseTo(predictions.get(0).probabilities().get(2), within(0.05));
      assertThat(model.predict(List.of(jpeg))).containsExactly(predictions.get(0));
    }
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
  void the_predictor_answers_and_refuses_bad_images_by_their_index() {
    byte[] cut = Arrays.copyOf(jpeg, jpeg.length / 2);
    byte[] huge = png.clone();
    ByteBuffer.wrap(huge).putInt(16, 10_000).putInt(20, 6_000);
    try (SavedModelPredictor model = SavedModelPredictor.load(plan.export())) {
      PredictionService service = new PredictionService(model);

      assertThat(service.answer(new Request(1, List.of(jpeg, png))))
          .isInstanceOfSatisfying(
              Predictions.class, answer -> assertThat(answer.predictions()).hasSize(2));
      refused(service, List.of(jpeg, cut), 1, "cannot be decoded");
      refused(
          service, List.of("text".getBytes(StandardCharsets.UTF_8)), 0, "neither a JPEG nor a PNG");
      refused(service, List.of(jpeg, png, huge), 2, "10000 x 6000");
      refused(service, List.of(), -1, "no image");
    }
  }

  private static void refused(
      PredictionService service, List<byte[]> images, int index, String reason) {
    assertThat(service.answer(new Request(4, images)))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.id()).isEqualTo(4);
              assertThat(refused.index()).isEqualTo(index);
              assertThat(refused.reason()).contains(reason);
            });
  }

  @Test
  void a_predictor_process_answers_over_its_pipes_until_they_close() throws Exception {
    try (ChildTrainer predictor =
        new ChildTrainer(
            TrainerProcess.PREDICTOR_MAIN,
            plan.export().toString(),
            folder.resolve("predictor.log"))) {
      assertThat(message(predictor)).isInstanceOf(PredictorMessage.Ready.class);

      predictor.say(json(new Request(1, List.of(jpeg))));
      assertThat(message(predictor))
          .isInstanceOfSatisfying(
              Predictions.class,
              answer -> assertThat(answer.predictions().get(0).label()).isEqualTo("red"));
      predictor.say(json(new Request(2, List.of(new byte[] {1}))));
      assertThat(message(predictor)).isInstanceOf(Refused.class);

      predictor.hangUp();
      assertThat(predictor.exitCode()).isZero();
    }
  }

  private static PredictorMessage message(ChildTrainer predictor) throws IOException {
    return SpecJson.MAPPER.readValue(predictor.readLine(), PredictorMessage.class);
  }

  private static String json(PredictorMessage message) {
    return SpecJson.MAPPER.writeValueAsString(message);
  }
}
