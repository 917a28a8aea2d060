package dev.trainyard.worker.executor;

import dev.trainyard.spec.AcceleratorSpec;
import dev.trainyard.trainer.protocol.Device;
import dev.trainyard.trainer.protocol.TrainerEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What trainers of one place can run on, as one of them has reported it. */
public record WorkerDevices(String tensorflowVersion, List<Device> devices) {

  static WorkerDevices of(TrainerEvent.Ready ready) {
    return new WorkerDevices(ready.tensorflowVersion(), List.copyOf(ready.devices()));
  }

  public Set<AcceleratorSpec.Type> types() {
    return devices.stream().map(Device::type).collect(Collectors.toUnmodifiableSet());
  }

  /** For people, such as {@code CPU:0 (AMD EPYC, 2 threads)}. */
  public String inWords() {
    return devices.stream()
        .map(device -> device.name() + " (" + device.description() + ")")
        .collect(Collectors.joining(", "));
  }

  WorkerDevices with(List<Device> more) {
    return new WorkerDevices(
        tensorflowVersion, Stream.concat(devices.stream(), more.stream()).distinct().toList());
  }

  boolean isOnlyCpu() {
    return types().equals(Set.of(AcceleratorSpec.Type.CPU));
  }
}
