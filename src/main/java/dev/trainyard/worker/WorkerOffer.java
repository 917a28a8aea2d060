package dev.trainyard.worker;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Offer;
import dev.trainyard.fleet.Role;
import dev.trainyard.spec.AcceleratorSpec;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.worker.executor.TrainerExecutor;
import dev.trainyard.worker.executor.WorkerDevices;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What this process has for jobs. */
@Component
@ConditionalOnRole(Role.WORKER)
class WorkerOffer implements Offer.Source {

  /** Every TensorFlow has it; also while nobody has looked yet. */
  private static final Set<String> CPU = Set.of(AcceleratorSpec.Type.CPU.name());

  private final TrainerExecutor executor;
  private final WorkerProperties properties;

  WorkerOffer(TrainerExecutor executor, WorkerProperties properties) {
    this.executor = executor;
    this.properties = properties;
  }

  @Override
  public Offer offer() {
    Optional<WorkerDevices> known = executor.devices();
    WorkerDetails details =
        new WorkerDetails(
            executor.standbys(),
            known.map(WorkerDevices::tensorflowVersion).orElse(null),
            known.map(WorkerDevices::devices).orElse(List.of()));
    return new Offer(
        properties.slots(),
        known.map(WorkerOffer::types).orElse(CPU),
        properties.labels(),
        SpecJson.MAPPER.writeValueAsString(details));
  }

  private static Set<String> types(WorkerDevices devices) {
    return devices.types().stream().map(Enum::name).collect(Collectors.toUnmodifiableSet());
  }
}
