package dev.trainyard.trainer.loop;

import dev.trainyard.trainer.device.Placement;
import dev.trainyard.trainer.graph.Float32;
import dev.trainyard.trainer.graph.Variable;
import dev.trainyard.trainer.graph.Variables;
import dev.trainyard.trainer.input.Batches;
import dev.trainyard.trainer.network.Classification;
import dev.trainyard.trainer.network.Network;
import dev.trainyard.trainer.network.layer.BatchPart;
import dev.trainyard.trainer.network.layer.Pass;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * A pass forwards and backwards through the network, by every replica at the same time, each with
 * an equal part of the batch, on its own device. As TensorFlow's CrossShardOptimizer does it, each
 * replica's loss is divided by their number and the gradients are added up, so that the weights
 * change as if one device had computed the whole batch.
 *
 * @param gradients of the mean loss, one for each of the variables' weights, in their order
 * @param scores of each replica's part
 * @param updates what the network asks a training step for, besides changing the weights
 */
record ReplicatedPass(
    List<Operand<TFloat32>> gradients, List<Classification> scores, List<Op> updates) {

  /**
   * What does not change from replica to replica.
   *
   * @param part which part of the step's batch {@code batches} holds
   * @param labelSmoothing probability mass that is spread evenly over all classes
   */
  record Common(
      Graph graph,
      Variables variables,
      Network network,
      Batches batches,
      BatchPart part,
      long seed,
      double labelSmoothing,
      Operand<TInt64> step) {}

  /**
   * @param devices one for each replica; none when there is one, which then runs anywhere
   */
  static ReplicatedPass of(Common common, List<DeviceSpec> devices) {
    int replicas = Math.max(1, devices.size());
    Ops ops = Ops.create(common.graph());
    List<Operand<TFloat32>> images =
        split(ops, common.batches().images(), common.network().batchDimension(), replicas);
    List<Operand<TInt32>> labels = split(ops, common.batches().labels(), 0, replicas);
    List<List<Operand<TFloat32>>> gradients = new ArrayList<>();
    List<Classification> scores = new ArrayList<>();
    List<Op> updates = new ArrayList<>();
    for (int replica = 0; replica < replicas; replica++) {
      Ops own = devices.isEmpty() ? ops : ops.withDevice(devices.get(replica));
      BatchPart part = common.part().part(own, replica, replicas);
      Pass pass = Pass.training(own, common.variables(), common.seed(), common.step(), part);
      Operand<TFloat32> logits = common.network().logits(pass, images.get(replica));
      Classification score =
          Classification.of(own, logits, labels.get(replica), common.labelSmoothing());
      Operand<TFloat32> loss =
          part.isWhole() ? score.loss() : own.math.mul(score.loss(), own.constant(part.share()));
      String scope = "replica_" + replica + "/gradients";
      gradients.add(
          gradients(common, scope, loss).stream().map(g -> Float32.from(own, g)).toList());
      if (!devices.isEmpty()) {
        Placement.place(common.graph(), scope, devices.get(replica));
      }
      scores.add(score);
      updates.addAll(pass.updates());
    }
    return new ReplicatedPass(sum(ops, gradients), scores, updates);
  }

  private static <T extends TType> List<Operand<T>> split(
      Ops ops, Operand<T> batch, int dimension, int replicas) {
    if (replicas == 1) {
      return List.of(batch);
    }
    return ops.split(ops.constant(dimension), batch, (long) replicas).output().stream()
        .<Operand<T>>map(part -> part)
        .toList();
  }

  private static List<Operand<TFloat32>> gradients(
      Common common, String scope, Operand<TFloat32> loss) {
    Output<?>[] weights =
        common.variables().weights().stream()
            .map(Variable::value)
            .map(Operand::asOutput)
            .toArray(Output<?>[]::new);
    List<Operand<TFloat32>> gradients = new ArrayList<>();
    Output<?>[] of = {loss.asOutput()};
    for (Output<?> gradient : common.graph().addGradients(scope, of, weights, null)) {
      gradients.add(gradient.expect(TFloat32.class));
    }
    return gradients;
  }

  private static List<Operand<TFloat32>> sum(Ops ops, List<List<Operand<TFloat32>>> gradients) {
    if (gradients.size() == 1) {
      return gradients.get(0);
    }
    List<Operand<TFloat32>> sums = new ArrayList<>();
    for (int weight = 0; weight < gradients.get(0).size(); weight++) {
      int index = weight;
      sums.add(
          ops.math.addN(
              gradients.stream().<Operand<TFloat32>>map(replica -> replica.get(index)).toList()));
    }
    return sums;
  }
}
