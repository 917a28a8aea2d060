package dev.trainyard.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trainyard.spec.CnnSpec;
import dev.trainyard.spec.Precision;
import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.TinyPlan;
import dev.trainyard.trainer.checkpoint.CheckpointWriter;
import dev.trainyard.trainer.device.Accelerator;
import dev.trainyard.trainer.graph.Saver;
import dev.trainyard.trainer.graph.Variable;
import dev.trainyard.trainer.input.TrainingInput;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;

class ReplicatedPassTest {

  private static final int STEPS = 4;
  private static final int BATCH = 12;

  /** With dropout, without batch normalization, whose statistics are those of each part. */
  private static final CnnSpec NETWORK = new CnnSpec(3, 3, 4, 6, 16, 0.25, false);

  private static TrainingPlan.Data data;

  @TempDir Path folder;

  @BeforeAll
  static void write(@TempDir Path shared) {
    data = TinyImages.write(shared, 60, 12);
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "4, 1", "1, 3", "1, 2", "2, 3"})
  void a_batch_changes_the_weights_the_same_however_it_is_divided(int replicas, int parts)
      throws IOException {
    Map<String, float[]> whole = weights(plan(1, 1));
    Map<String, float[]> divided = weights(plan(replicas, parts));

    assertThat(divided.keySet()).isEqualTo(whole.keySet()).hasSize(8);
    whole.forEach(
        (name, values) -> {
          for (int i = 0; i < values.length; i++) {
            assertThat(divided.get(name)[i]).as(name).isCloseTo(values[i], within(1e-5f));
          }
        });
  }

  @Test
  void each_replica_computes_on_its_own_device() throws IOException {
    TrainingPlan plan = plan(3, 1);
    try (TrainingInput input = TrainingInput.open(plan);
        Graph graph = new Graph()) {
      TrainingGraph.in(graph, plan, input, accelerator(plan));
      List<String> devices = new ArrayList<>();
      for (NodeDef node : graph.toGraphDef().getNodeList()) {
        devices.add(node.getOp() + " on " + node.getDevice());
      }
      for (int replica = 0; replica < 3; replica++) {
        assertThat(devices)
            .contains("Conv2D on /device:CPU:" + replica)
            .contains("Conv2DBackpropFilter on /device:CPU:" + replica);
      }
    }
  }

  @Test
  void gradients_are_added_up_in_float32() throws IOException {
    TrainingPlan plan = plan(3, 1);
    try (TrainingInput input = TrainingInput.open(plan);
        Graph graph = new Graph()) {
      TrainingGraph.in(graph, plan, input, accelerator(plan));
      Map<String, String> ops = new HashMap<>();
      graph.toGraphDef().getNodeList().forEach(node -> ops.put(node.getName(), node.getOp()));
      assertThat(graph.toGraphDef().getNodeList())
          .filteredOn(node -> node.getOp().equals("AddN"))
          .filteredOn(
              node ->
                  node.getInputList().stream()
                      .allMatch(name -> "PlaceholderWithDefault".equals(ops.get(name))))
          .hasSize(8); // each weight's sum, see Float32
    }
  }

  private TrainingPlan plan(int replicas, int parts) {
    return new TinyPlan(folder, data)
        .model(NETWORK)
        .batchSize(BATCH)
        .learningRate(0.001)
        .training("gradientAccumulationSteps", parts)
        .accelerator("replicas", replicas)
        .build();
  }

  private static Accelerator accelerator(TrainingPlan plan) {
    return Accelerator.of(plan.spec().accelerator(), Precision.FLOAT32);
  }

  /** All weights after some steps. */
  private static Map<String, float[]> weights(TrainingPlan plan) throws IOException {
    Path prefix = Files.createDirectories(plan.checkpoints()).resolve("variables");
    try (TrainingInput input = TrainingInput.open(plan);
        TrainingSession session = new TrainingSession(plan, input, accelerator(plan))) {
      session.initialize();
      session.startTraining(0);
      assertThat(session.steps(STEPS).examples()).isEqualTo(STEPS * BATCH);
      try (CheckpointWriter.Values values = session.freeze(STEPS)) {
        values.save(prefix);
      }
    }
    return values(plan, prefix);
  }

  private static Map<String, float[]> values(TrainingPlan plan, Path prefix) throws IOException {
    Map<String, float[]> values = new LinkedHashMap<>();
    try (TrainingInput input = TrainingInput.open(plan);
        Graph graph = new Graph()) {
      TrainingGraph training = TrainingGraph.in(graph, plan, input, accelerator(plan));
      try (Session session = new Session(graph, accelerator(plan).session())) {
        Saver.restore(session, prefix);
        for (Variable<TFloat32> weight : training.variables().weights()) {
          try (Result result = session.runner().fetch(weight.value()).run()) {
            TFloat32 value = (TFloat32) result.get(0);
            float[] copy = new float[(int) value.size()];
            value.copyTo(DataBuffers.of(copy));
            values.put(weight.name(), copy);
          }
        }
      }
    }
    return values;
  }
}
