package dev.trainyard.model.predict;

import dev.trainyard.model.tensor.ClassScores;
import dev.trainyard.model.tensor.Strings;
import dev.trainyard.process.ChildJvm;
import dev.trainyard.telemetry.ServiceMetrics;
import dev.trainyard.trainer.protocol.TensorData;
import dev.trainyard.trainer.protocol.TensorType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.util.unit.DataSize;

/** What the tests ask, of whom, and what they are told. */
public final class Questions {

  private Questions() {}

  public static ModelProperties properties(int loadedModels, Duration idle, Duration timeout) {
    return properties(loadedModels, DataSize.ofGigabytes(4), idle, timeout, 32, 1024);
  }

  static ModelProperties properties(
      int loadedModels,
      DataSize memory,
      Duration idle,
      Duration timeout,
      int batchSize,
      int queued) {
    return new ModelProperties(
        loadedModels,
        memory,
        0,
        idle,
        timeout,
        128,
        batchSize,
        Duration.ZERO,
        queued,
        DataSize.ofMegabytes(64),
        DataSize.ofMegabytes(256));
  }

  /** Of the test's program. */
  static Predictors predictors(ModelProperties properties) {
    return new Predictors(
        new PredictorLauncher(
            new ChildJvm(), PredictorProgram.class.getName(), DataSize.ofMegabytes(64)),
        properties,
        new PredictorMetrics(new ServiceMetrics(new SimpleMeterRegistry())));
  }

  /** Of the real one. */
  public static Predictors realPredictors(ModelProperties properties) {
    return new Predictors(
        new PredictorLauncher(new ChildJvm(), properties),
        properties,
        new PredictorMetrics(new ServiceMetrics(new SimpleMeterRegistry())));
  }

  static Question images(String... contents) {
    return images(Stream.of(contents).map(it -> it.getBytes(StandardCharsets.ISO_8859_1)).toList());
  }

  public static Question images(List<byte[]> images) {
    return new Question(
        "serving_default", images.size(), List.of(Strings.tensor(ClassScores.IMAGES, images)));
  }

  static Question floats(String signature, float... values) {
    ByteBuffer content =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      content.putFloat(value);
    }
    return Question.of(
        signature,
        Objects.requireNonNull(PredictorProgram.signatures().get(signature)),
        List.of(
            new TensorData("x", TensorType.FLOAT, List.of((long) values.length), content.flip())));
  }

  /** The classes that were found. */
  public static List<String> labels(Answer answer) {
    return output(answer, "class").strings().stream()
        .map(it -> new String(it, StandardCharsets.UTF_8))
        .toList();
  }

  static List<Integer> ints(Answer answer, String name) {
    var values = output(answer, name).content().asIntBuffer();
    return Stream.generate(values::get).limit(values.remaining()).toList();
  }

  public static TensorData output(Answer answer, String name) {
    return answer.outputs().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }
}
