package dev.trainyard.trainer.device;

import dev.trainyard.spec.Precision;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.DeviceSpec;
import org.tensorflow.DeviceSpec.DeviceType;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.RewriterConfig;

/**
 * The processor. Several replicas are logical devices, which share its threads: they make nothing
 * faster, but they compute as several GPUs or TPU cores would.
 */
record CpuAccelerator(int threads, int replicas, Precision precision) implements Accelerator {

  static CpuAccelerator of(int replicas, Precision wanted) {
    int threads = Runtime.getRuntime().availableProcessors();
    boolean bfloat16 =
        switch (wanted) {
          case FLOAT32 -> false;
          case BFLOAT16 -> true;
          case AUTO -> CpuFeatures.ofThisMachine().fastBfloat16();
        };
    return new CpuAccelerator(threads, replicas, bfloat16 ? Precision.BFLOAT16 : Precision.FLOAT32);
  }

  @Override
  public String description() {
    return "CPU, %d threads%s%s"
        .formatted(
            threads,
            replicas == 1 ? "" : ", " + replicas + " logical devices",
            precision == Precision.BFLOAT16 ? ", bfloat16" : "");
  }

  @Override
  public ConfigProto session() {
    ConfigProto.Builder config = ConfigProto.newBuilder();
    config.putDeviceCount("CPU", replicas);
    config.putDeviceCount("GPU", 0); // one that is there is another job's
    // One operation after another, each on all cores, makes better use of the cache than two beside
    // each other; only replicas compute beside each other.
    config.setInterOpParallelismThreads(replicas);
    if (precision == Precision.BFLOAT16) {
      // Casts what gains by it; weights, and what needs the range or the digits, stay float32.
      config
          .getGraphOptionsBuilder()
          .getRewriteOptionsBuilder()
          .setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON);
    }
    return config.build();
  }

  @Override
  public Accelerator inFloat32() {
    return new CpuAccelerator(threads, replicas, Precision.FLOAT32);
  }

  @Override
  public List<DeviceSpec> replicaDevices() {
    return replicas == 1 ? List.of() : devices(DeviceType.CPU, replicas);
  }

  static List<DeviceSpec> devices(DeviceType type, int count) {
    return IntStream.range(0, count)
        .mapToObj(index -> DeviceSpec.newBuilder().deviceType(type).deviceIndex(index).build())
        .toList();
  }
}
