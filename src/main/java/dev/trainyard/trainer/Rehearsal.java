package dev.trainyard.trainer;

import dev.trainyard.spec.AcceleratorSpec;
import dev.trainyard.spec.Precision;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.tfrecord.ImageExample;
import dev.trainyard.tfrecord.TfRecordWriter;
import dev.trainyard.trainer.checkpoint.DurableFiles;
import dev.trainyard.trainer.device.Accelerator;
import dev.trainyard.trainer.loop.StopSignal;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * One step, one checkpoint and one evaluation of a tiny job in a folder of its own, which is
 * deleted again. After it the classes are loaded, the native library has found its kernels and
 * started its threads: a real job that follows need not wait for that.
 */
final class Rehearsal {

  private static final AcceleratorSpec CPU = new AcceleratorSpec(AcceleratorSpec.Type.CPU, 1);
  private static final int SIDE = 16;
  private static final int IMAGES = 4;

  private Rehearsal() {}

  /**
   * @param stop cuts it short
   */
  static void play(StopSignal stop) {
    try {
      Path folder = Files.createTempDirectory("trainyard-rehearsal");
      try {
        play(folder, stop);
      } finally {
        DurableFiles.deleteTree(folder);
      }
    } catch (IOException | RuntimeException e) {
      System.err.println("The trainer could not warm up; it waits for its plan all the same: " + e);
    }
  }

  private static void play(Path folder, StopSignal stop) throws IOException {
    AtomicBoolean enough = new AtomicBoolean();
    Consumer<TrainerEvent> untilEvaluated =
        event -> enough.compareAndSet(false, event instanceof TrainerEvent.Evaluation);
    Consumer<TrainerEvent> unheard =
        new EventStream(OutputStream.nullOutputStream())
            .andThen(
                new JobLog(new PrintStream(OutputStream.nullOutputStream()), Clock.systemUTC(), 2));
    TrainerMain.train(
        plan(folder), untilEvaluated.andThen(unheard), () -> enough.get() || stop.isRequested());
  }

  /** As JSON, so that reading a plan is rehearsed too. */
  private static TrainingPlan plan(Path folder) throws IOException {
    Path shard = folder.resolve("shard");
    byte[] image = image();
    try (TfRecordWriter writer = new TfRecordWriter(shard)) {
      for (int i = 0; i < IMAGES; i++) {
        writer.write(new ImageExample(SIDE, SIDE, i % 2, "a", "a.jpg", image).toBytes());
      }
    }
    Map<String, Object> spec =
        Map.of(
            "name", "rehearsal",
            "dataset", "rehearsal",
            "model", Map.of("type", "cnn", "batchNorm", true, "units", 4),
            "input", Map.of("height", SIDE, "width", SIDE, "shuffleBufferSize", IMAGES),
            "training", Map.of("batchSize", 2, "steps", 2, "stepsPerEvaluation", 1));
    Map<String, Object> data =
        Map.of(
            "trainShards", List.of(shard.toString()),
            "validationShards", List.of(shard.toString()),
            "labels", List.of("a", "b"),
            "trainExamples", IMAGES,
            "validationExamples", IMAGES);
    byte[] json =
        SpecJson.MAPPER.writeValueAsBytes(
            Map.of(
                "jobId",
                "rehearsal",
                "attempt",
                1,
                "spec",
                spec,
                "data",
                data,
                "checkpoints",
                folder.resolve("checkpoints").toString(),
                "events",
                folder.resolve("events").toString(),
                "export",
                folder.resolve("export").toString(),
                "scratch",
                folder.resolve("scratch").toString()));
    return SpecJson.MAPPER.readValue(json, TrainingPlan.class);
  }

  /** A black JPEG. */
  private static byte[] image() {
    try (Graph graph = new Graph();
        Session session = new Session(graph, Accelerator.of(CPU, Precision.FLOAT32).session())) {
      Ops ops = Ops.create(graph);
      var pixels = ops.zeros(ops.constant(new int[] {SIDE, SIDE, 3}), TUint8.class);
      try (Result result = session.runner().fetch(ops.image.encodeJpeg(pixels)).run()) {
        return ((TString) result.get(0)).asBytes().getObject();
      }
    }
  }
}
