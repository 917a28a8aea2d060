package dev.trainyard.trainer.device;

import dev.trainyard.spec.Precision;
import java.util.List;
import org.tensorflow.DeviceSpec;
import org.tensorflow.DeviceSpec.DeviceType;
import org.tensorflow.proto.ConfigProto;

/** NVIDIA GPUs, one for each replica, in a build with the GPU native library. */
record GpuAccelerator(int replicas, Precision precision) implements Accelerator {

  static GpuAccelerator of(int replicas, Precision wanted) {
    int present = DeviceList.count(DeviceType.GPU);
    if (present < replicas) {
      throw new AcceleratorUnavailableException(
          present == 0
              ? "This worker has no GPU that its TensorFlow can use. Submit the job with"
                  + " \"accelerator\": {\"type\": \"CPU\"}, or run a worker built with -Pgpu."
              : "This worker has %d GPUs, not %d. Lower accelerator.replicas."
                  .formatted(present, replicas));
    }
    if (wanted == Precision.BFLOAT16) {
      throw new AcceleratorUnavailableException(
          "training.precision bfloat16 is for CPUs; on a GPU leave it at auto, which computes in"
              + " float32 with the GPU's TF32 units.");
    }
    return new GpuAccelerator(replicas, Precision.FLOAT32);
  }

  @Override
  public String description() {
    return replicas == 1 ? "GPU" : replicas + " GPUs";
  }

  @Override
  public ConfigProto session() {
    ConfigProto.Builder config = ConfigProto.newBuilder().setAllowSoftPlacement(true);
    config.getGpuOptionsBuilder().setAllowGrowth(true); // leave memory to the machine's other jobs
    return config.build();
  }

  @Override
  public Accelerator inFloat32() {
    return this;
  }

  @Override
  public List<DeviceSpec> replicaDevices() {
    return replicas == 1 ? List.of() : CpuAccelerator.devices(DeviceType.GPU, replicas);
  }
}
