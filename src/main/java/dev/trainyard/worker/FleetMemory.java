package dev.trainyard.worker;

import dev.trainyard.fleet.Fleet;
import dev.trainyard.fleet.Offer;
import dev.trainyard.job.WorkerMemory;
import dev.trainyard.spec.AcceleratorSpec;
import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.trainer.protocol.Device;
import java.util.HashSet;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The memory of the workers, as they report it. */
@Component
class FleetMemory implements WorkerMemory {

  private final Fleet fleet;

  FleetMemory(Fleet fleet) {
    this.fleet = fleet;
  }

  /** Of CPUs only: what a GPU takes of a step has never been measured here. */
  @Override
  public OptionalLong largest(JobSpec spec) {
    if (spec.accelerator().type() != AcceleratorSpec.Type.CPU) {
      return OptionalLong.empty();
    }
    Set<String> labels = new HashSet<>(spec.scheduling().labels());
    long largest = 0;
    for (var member : fleet.active()) {
      Offer offer = member.offer();
      if (offer.slots() > 0 && offer.fits(AcceleratorSpec.Type.CPU.name(), labels)) {
        OptionalLong memory = cpu(offer);
        if (memory.isEmpty()) {
          return OptionalLong.empty(); // it has not reported yet, and may be the largest
        }
        largest = Math.max(largest, memory.getAsLong());
      }
    }
    return largest == 0 ? OptionalLong.empty() : OptionalLong.of(largest);
  }

  private static OptionalLong cpu(Offer offer) {
    return SpecJson.MAPPER.readValue(offer.details(), WorkerDetails.class).devices().stream()
        .filter(device -> device.type() == AcceleratorSpec.Type.CPU)
        .map(Device::memoryBytes)
        .filter(Objects::nonNull)
        .mapToLong(Long::longValue)
        .max();
  }
}
