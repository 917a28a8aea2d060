package dev.trainyard.model.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.trainyard.model.tensor.ClassScores;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.process.ChildJvm;
import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.TinyPlan;
import dev.trainyard.trainer.protocol.TensorData;
import dev.trainyard.trainer.protocol.TensorType;
import dev.trainyard.trainer.protocol.TrainerProcess;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** A model that the trainer made, in the process that serves it: nothing here is a double. */
class TrainedModelTest {

  @TempDir private static Path folder;
  private static Path model;
  private static Predictors predictors;

  @BeforeAll
  static void train() throws Exception {
    TinyPlan plan =
        new TinyPlan(folder.resolve("job"), TinyImages.write(folder.resolve("data"), 96, 24))
            .steps(60, 60);
    Process trainer =
        new ChildJvm()
            .of(
                TrainerProcess.TRAINER_MAIN,
                DataSize.ofMegabytes(256),
                List.of(plan.write().toString()))
            .builder()
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("trainer.log").toFile())
            .start();
    assertThat(trainer.waitFor()).as(Files.readString(folder.resolve("trainer.log"))).isZero();
    model = plan.build().export();

    predictors =
        Questions.realPredictors(
            Questions.properties(1, Duration.ofMinutes(1), Duration.ofMinutes(1)));
  }

  @AfterAll
  static void close() {
    predictors.close();
  }

  @Test
  void its_signatures_are_the_articles() throws Exception {
    assertThat(predictors.check(model)).containsOnlyKeys("classes", "serving_default");
  }

  @Test
  void it_tells_colours_apart_in_one_request() throws Exception {
    Answer answer =
        predictors.ask(
            model,
            Questions.images(
                List.of(
                    image(Color.RED, "jpg"), image(Color.BLUE, "png"), image(Color.GREEN, "jpg"))));

    assertThat(Questions.labels(answer)).containsExactly("red", "blue", "green");
    assertThat(Questions.ints(answer, "classid")).containsExactly(2, 0, 1);
    ClassScores scores = ClassScores.of(List.of("blue", "green", "red"), answer.outputs());
    for (int row = 0; row < 3; row++) {
      assertThat(scores.row(row).stream().mapToDouble(ClassScores.Score::probability).sum())
          .isBetween(0.9999, 1.0001);
    }
  }

  @Test
  void a_bad_image_is_named_and_costs_no_process() throws Exception {
    byte[] good = image(Color.RED, "jpg");
    List<String> alone = Questions.labels(predictors.ask(model, Questions.images(List.of(good))));
    List<Long> process = predictors.processes();

    byte[] text = "hello".getBytes(StandardCharsets.UTF_8);
    byte[] cutInTheHeader = Arrays.copyOf(good, 200);
    byte[] cutInThePixels = Arrays.copyOf(good, good.length - 30);
    for (byte[] bad : List.of(text, cutInTheHeader, cutInThePixels)) {
      Answer answer = predictors.ask(model, Questions.images(List.of(good, bad, good)));

      assertThat(answer.bad()).containsOnlyKeys(1);
      assertThat(Questions.labels(answer)).containsExactly(alone.get(0), alone.get(0));
    }
    assertThat(predictors.processes()).isEqualTo(process);
  }

  @Test
  void what_the_signature_does_not_take_is_refused_and_costs_no_process() throws Exception {
    predictors.ask(model, Questions.images(List.of(image(Color.RED, "jpg"))));
    List<Long> process = predictors.processes();
    Question wrong =
        new Question(
            "serving_default",
            0,
            List.of(
                new TensorData(
                    ClassScores.IMAGES, TensorType.INT32, List.of(1L), ByteBuffer.allocate(4))));

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> predictors.ask(model, wrong))
        .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.INVALID_REQUEST))
        .withMessageContaining("to be string but int32");
    assertThat(predictors.processes()).isEqualTo(process);
  }

  @Test
  void a_folder_that_is_no_model_cannot_be_loaded() throws IOException {
    Path broken = Files.createDirectories(folder.resolve("broken"));
    Files.writeString(broken.resolve("saved_model.pb"), "no graph");

    assertThatExceptionOfType(PredictorEndedException.class)
        .isThrownBy(() -> predictors.check(broken))
        .matches(e -> !e.timedOut());
  }

  private static byte[] image(Color color, String format) throws IOException {
    BufferedImage image = new BufferedImage(24, 24, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(color);
    pen.fillRect(0, 0, 24, 24);
    pen.dispose();
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    ImageIO.write(image, format, encoded);
    return encoded.toByteArray();
  }
}
