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
import org.springframework.util.ConcurrentLruCache;

/** The memory of the workers, as they report it. */
@Component
class FleetMemory implements WorkerMemory {

  private final Fleet fleet;

  /** By what workers say of themselves, which seldom changes and is asked with every job. */
  private final ConcurrentLruCache<String, OptionalLong> told =
      new ConcurrentLruCache<>(100, FleetMemory::cpu);

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
        OptionalLong memory = told.get(offer.details());
        if (memory.isEmpty()) {
          return OptionalLong.empty(); // it has not reported yet, and may be the largest
        }
        largest = Math.max(largest, memory.getAsLong());
      }
    }
    return largest == 0 ? OptionalLong.empty() : OptionalLong.of(largest);
  }

  private static OptionalLong cpu(String details) {
    return SpecJson.MAPPER.readValue(details, WorkerDetails.class).devices().stream()
        .filter(device -> device.type() == AcceleratorSpec.Type.CPU)
        .map(Device::memoryBytes)
        .filter(Objects::nonNull)
        .mapToLong(Long::longValue)
        .max();
  }
}
