package dev.trainyard.trainer.device;

import com.sun.management.OperatingSystemMXBean;
import dev.trainyard.spec.AcceleratorSpec;
import dev.trainyard.trainer.protocol.Device;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;
import org.tensorflow.DeviceSpec.DeviceType;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * The devices that this machine has and this TensorFlow can use: those of a session that is opened
 * for the purpose and closed again. A TPU is found without one, because a session would take hold
 * of it.
 */
public final class DeviceList {

  /** The operation that sets up a TPU system; without its kernel there is no TPU runtime. */
  private static final String TPU_SET_UP = "ConfigureDistributedTPU";

  private static final Path DEVICES = Path.of("/dev");

  private DeviceList() {}

  /**
   * The CPU, then the GPUs. Where there is a GPU this process holds some of its memory from now on,
   * and should end soon.
   */
  public static List<Device> physical() {
    List<Device> devices = new ArrayList<>();
    devices.add(cpu());
    @Nullable GpuDetails details = null;
    for (Listed listed : ofSession()) {
      if (listed.type().equals("GPU")) {
        details = details != null ? details : GpuDetails.ofThisMachine();
        devices.add(
            new Device(
                AcceleratorSpec.Type.GPU,
                shortName(listed.name()),
                details.description(),
                listed.memoryBytes(),
                details.fastBfloat16()));
      }
    }
    return devices;
  }

  /**
   * The TPU system, when a TPU runtime is loaded and the machine has the hardware; neither is
   * touched.
   */
  public static List<Device> tpu() {
    TensorFlow.version(); // loads the native library
    return hasKernel(TPU_SET_UP) && hasTpuHardware(DEVICES)
        ? List.of(
            new Device(AcceleratorSpec.Type.TPU, "TPU_SYSTEM:0", "TPU of this machine", null, true))
        : List.of();
  }

  /** How many devices of a type, such as {@code GPU}, this process can use. */
  static int count(DeviceType type) {
    return (int) ofSession().stream().filter(it -> it.type().equals(type.name())).count();
  }

  private static Device cpu() {
    int threads = Runtime.getRuntime().availableProcessors();
    return new Device(
        AcceleratorSpec.Type.CPU,
        "CPU:0",
        CpuFeatures.modelOfThisMachine() + ", " + threads + (threads == 1 ? " thread" : " threads"),
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize(),
        CpuFeatures.ofThisMachine().fastBfloat16());
  }

  private static List<Listed> ofSession() {
    TensorFlow.version(); // loads the native library
    // The first session's options hold for all of a process: what a GPU job wants, then.
    ConfigProto config =
        ConfigProto.newBuilder()
            .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true))
            .build();
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_SessionOptions options = TF_SessionOptions.newSessionOptions();
      byte[] bytes = config.toByteArray();
      tensorflow.TF_SetConfig(options, new BytePointer(bytes), bytes.length, status);
      status.throwExceptionIfNotOK();
      TF_Session session = TF_Session.newSession(TF_Graph.newGraph(), options, status);
      status.throwExceptionIfNotOK();
      TF_DeviceList list = tensorflow.TF_SessionListDevices(session, status);
      status.throwExceptionIfNotOK();
      try {
        return read(list, status);
      } finally {
        tensorflow.TF_DeleteDeviceList(list);
      }
    }
  }

  private static List<Listed> read(TF_DeviceList list, TF_Status status) {
    List<Listed> devices = new ArrayList<>();
    for (int i = 0; i < tensorflow.TF_DeviceListCount(list); i++) {
      devices.add(
          new Listed(
              tensorflow.TF_DeviceListName(list, i, status).getString(),
              tensorflow.TF_DeviceListType(list, i, status).getString(),
              tensorflow.TF_DeviceListMemoryBytes(list, i, status)));
      status.throwExceptionIfNotOK();
    }
    return devices;
  }

  private static boolean hasKernel(String operation) {
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_Buffer kernels = tensorflow.TF_GetRegisteredKernelsForOp(operation, status);
      status.throwExceptionIfNotOK();
      try {
        return kernels.length() > 0;
      } finally {
        tensorflow.TF_DeleteBuffer(kernels);
      }
    }
  }

  /** TPU VMs have {@code accel0} and so on, newer ones numbered groups in {@code vfio}. */
  static boolean hasTpuHardware(Path devices) {
    return holds(devices, "accel\\d+") || holds(devices.resolve("vfio"), "\\d+");
  }

  private static boolean holds(Path folder, String name) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().matches(name));
    } catch (IOException e) {
      return false;
    }
  }

  /** {@code GPU:0} of {@code /job:localhost/replica:0/task:0/device:GPU:0}. */
  private static String shortName(String name) {
    return name.substring(name.lastIndexOf("device:") + "device:".length());
  }

  private record Listed(String name, String type, long memoryBytes) {}
}
