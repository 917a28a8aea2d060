package dev.trainyard.trainer.device;

import dev.trainyard.spec.Precision;
import java.util.List;
import org.tensorflow.DeviceSpec;
import org.tensorflow.DeviceSpec.DeviceType;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;

/**
 * The cores of a TPU, one for each replica. The TPU system is looked for only when a job asks for
 * it, and it is initialised before anything else runs.
 */
record TpuAccelerator(int replicas) implements Accelerator {

  static TpuAccelerator of(int replicas) {
    initializeSystem();
    return new TpuAccelerator(replicas);
  }

  /**
   * Connects to the TPU, as every first use of it has to.
   *
   * @throws AcceleratorUnavailableException when no TPU runtime is loaded, or it finds no TPU
   */
  private static void initializeSystem() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      session
          .runner()
          .addTarget(
              Ops.create(graph)
                  .scope()
                  .opBuilder("ConfigureDistributedTPU", "initialize_system")
                  .setDevice("/device:TPU_SYSTEM:0")
                  .build())
          .run()
          .close();
    } catch (TensorFlowException | TFInvalidArgumentException e) {
      throw new AcceleratorUnavailableException(
          "This worker has no TPU: its TensorFlow has no TPU runtime loaded. Submit the job with"
              + " \"accelerator\": {\"type\": \"CPU\"}, or run the worker on a TPU VM with the"
              + " runtime's libraries on its path. TensorFlow says: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  @Override
  public String description() {
    return "TPU, " + replicas + " cores";
  }

  @Override
  public ConfigProto session() {
    return ConfigProto.newBuilder().setAllowSoftPlacement(true).build();
  }

  @Override
  public Accelerator inFloat32() {
    return this;
  }

  @Override
  public List<DeviceSpec> replicaDevices() {
    return CpuAccelerator.devices(DeviceType.TPU, replicas);
  }

  /** A TPU's matrix units multiply in bfloat16, and add up in float32, by themselves. */
  @Override
  public Precision precision() {
    return Precision.FLOAT32;
  }
}
