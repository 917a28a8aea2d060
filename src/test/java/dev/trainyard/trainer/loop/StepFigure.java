package dev.trainyard.trainer.loop;

import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.trainer.device.Accelerator;
import dev.trainyard.trainer.device.NativeMemory;
import dev.trainyard.trainer.input.Batches;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** Training steps over one batch that is in memory: images a second. */
public final class StepFigure {

  public static void main(String[] a) {
    NativeMemory.leaveToTheSystem();
    String model = a[0];
    int size = Integer.parseInt(a[1]);
    int batch = Integer.parseInt(a[2]);
    String precision = a[3];
    int warm = Integer.parseInt(a[4]);
    int steps = Integer.parseInt(a[5]);
    JobSpec spec =
        SpecJson.MAPPER.readValue(
            """
            {"name":"b","dataset":"d","model":%s,"input":{"height":%d,"width":%d},
             "training":{"batchSize":%d,"precision":"%s"}}"""
                .formatted(model, size, size, batch, precision),
            JobSpec.class);
    TrainingPlan plan =
        new TrainingPlan(
            "b",
            1,
            spec,
            new TrainingPlan.Data(
                List.of(), List.of(), List.of("a", "b", "c", "d", "e"), 2000, 400),
            Path.of("x"),
            Path.of("x"),
            Path.of("x"));
    Accelerator accelerator = Accelerator.of(spec.accelerator(), spec.training().precision());
    try (Graph graph = new Graph()) {
      Ops ops = Ops.create(graph);
      Shape shape = Shape.of(batch, size, size, 3);
      Operand<?> images =
          ops.varHandleOp(
              TFloat32.class, shape, org.tensorflow.op.core.VarHandleOp.sharedName("images"));
      Operand<?> labels =
          ops.varHandleOp(
              TInt32.class,
              Shape.of(batch),
              org.tensorflow.op.core.VarHandleOp.sharedName("labels"));
      Op fill =
          ops.assignVariableOp(
              images,
              ops.random.statelessRandomUniform(
                  ops.constant(shape.asArray()), ops.constant(new long[] {1, 2})));
      Op fillLabels =
          ops.assignVariableOp(
              labels,
              ops.dtypes.cast(
                  ops.math.mul(
                      ops.random.statelessRandomUniform(
                          ops.constant(new long[] {batch}), ops.constant(new long[] {1, 2})),
                      ops.constant(5f)),
                  TInt32.class));
      Batches batches =
          new Batches(
              ops.ensureShape(ops.readVariableOp(images, TFloat32.class), shape),
              ops.readVariableOp(labels, TInt32.class),
              ops.withControlDependencies(List.of(fill, fillLabels)).noOp());
      Placeholder<TInt64> skip = ops.placeholder(TInt64.class);
      TrainingGraph training = TrainingGraph.in(graph, plan, accelerator, skip, batches, batches);
      try (Session session = new Session(graph, accelerator.session())) {
        session.runner().addTarget(training.initializer()).run().close();
        session.runner().addTarget(batches.restart()).run().close();
        Op step = training.parts().get(0);
        for (int i = 0; i < warm; i++) session.runner().addTarget(step).run().close();
        long[] nanos = new long[steps];
        long cpu = cpu();
        long begin = System.nanoTime();
        for (int i = 0; i < steps; i++) {
          long t = System.nanoTime();
          session.runner().addTarget(step).run().close();
          nanos[i] = System.nanoTime() - t;
        }
        long wall = System.nanoTime() - begin;
        cpu = cpu() - cpu;
        Arrays.sort(nanos);
        System.out.printf(
            "{\"model\":%s,\"batch\":%d,\"precision\":\"%s\",\"images_per_s\":%.1f,\"median\":%.1f,\"best\":%.1f,\"cpu_ms_per_image\":%.2f}%n",
            model,
            batch,
            accelerator.precision(),
            1e9 * batch * steps / wall,
            1e9 * batch / nanos[steps / 2],
            1e9 * batch / nanos[0],
            cpu / 1e6 / batch / steps);
      }
    }
  }

  static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
