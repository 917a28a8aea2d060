package dev.trainyard.spec.size;

import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.Precision;
import dev.trainyard.spec.TrainingSpec;
import dev.trainyard.spec.optimizer.AdagradSpec;
import dev.trainyard.spec.optimizer.MomentumSpec;
import dev.trainyard.spec.optimizer.OptimizerSpec;
import dev.trainyard.spec.optimizer.RmsPropSpec;
import dev.trainyard.spec.optimizer.SgdSpec;

/**
 * The memory that a training step takes at the least, all replicas together: nothing is in it that
 * a step might do without, so that nothing is refused for it that would fit.
 *
 * @param parameters of the network
 * @param checkpointBytes of one checkpoint: parameters and the optimizer's slots
 * @param fixedBytes whatever the batch
 * @param bytesPerImage that is computed at the same time as others
 * @param divisor of every batch: replicas times accumulation steps
 * @param parts that a batch is computed in, one after the other
 */
public record StepMemory(
    long parameters,
    long checkpointBytes,
    long fixedBytes,
    long bytesPerImage,
    int divisor,
    int parts) {

  /**
   * @param classes of the dataset
   */
  public static StepMemory of(JobSpec spec, int classes) {
    NetworkSize network = NetworkSize.of(spec.model(), spec.input(), classes);
    TrainingSpec training = spec.training();
    long held = network.parameters() + slots(training.optimizer()) * network.weights();
    // Of AUTO nobody knows yet what the device makes of it.
    int size = training.precision() == Precision.FLOAT32 ? Float.BYTES : Short.BYTES;
    return new StepMemory(
        network.parameters(),
        held * Float.BYTES,
        held * Float.BYTES,
        network.kept() * size,
        spec.accelerator().replicas() * training.gradientAccumulationSteps(),
        training.gradientAccumulationSteps());
  }

  /** Values that the optimizer keeps for each weight. */
  private static int slots(OptimizerSpec optimizer) {
    if (optimizer instanceof SgdSpec) {
      return 0;
    }
    if (optimizer instanceof MomentumSpec || optimizer instanceof AdagradSpec) {
      return 1;
    }
    if (optimizer instanceof RmsPropSpec rmsProp) {
      return 1 + (rmsProp.centered() ? 1 : 0) + (rmsProp.momentum() == 0 ? 0 : 1);
    }
    return 2; // Adam and its kin
  }

  /** What a step with a batch of this size takes at the least. */
  public long bytes(int batchSize) {
    return fixedBytes + bytesPerImage * (batchSize / parts);
  }

  /** The largest batch that might fit into so much memory; 0 when none does. */
  public int largestBatch(long available) {
    long atOnce = Math.max(0, available - fixedBytes) / Math.max(1, bytesPerImage);
    long batch = Math.min(Integer.MAX_VALUE, atOnce * parts);
    return (int) (batch - batch % divisor);
  }
}
