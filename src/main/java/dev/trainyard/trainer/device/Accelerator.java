package dev.trainyard.trainer.device;

import dev.trainyard.spec.AcceleratorSpec;
import dev.trainyard.spec.Precision;
import java.util.List;
import org.tensorflow.DeviceSpec;
import org.tensorflow.proto.ConfigProto;

/** What a job runs on: which devices its replicas take, and what a session has to know of them. */
public sealed interface Accelerator permits CpuAccelerator, GpuAccelerator, TpuAccelerator {

  /**
   * The strategy for a job.
   *
   * @throws AcceleratorUnavailableException when this process does not have what is asked for
   */
  static Accelerator of(AcceleratorSpec spec, Precision precision) {
    return switch (spec.type()) {
      case CPU -> CpuAccelerator.of(spec.replicas(), precision);
      case GPU -> GpuAccelerator.of(spec.replicas(), precision);
      case TPU -> TpuAccelerator.of(spec.replicas());
    };
  }

  /** For people, such as {@code CPU, 2 threads}. */
  String description();

  /** The session's configuration. */
  ConfigProto session();

  /** The device of each replica, in their order; none for one replica on the default device. */
  List<DeviceSpec> replicaDevices();

  /** What matrix products and convolutions are computed in: never {@code AUTO}. */
  Precision precision();

  /** The same devices, for what has to be exact. */
  Accelerator inFloat32();
}
