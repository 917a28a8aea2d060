package dev.trainyard.worker;

import dev.trainyard.worker.executor.TrainerExecutor;
import dev.trainyard.worker.executor.WorkerDevices;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The workers: the one in this process, if it has slots. */
@Component
public class Workers {

  /** The id of this process's worker. */
  static final String LOCAL = "local-" + ProcessHandle.current().pid();

  private final TrainerExecutor executor;
  private final AttemptWatch watch;
  private final int slots;

  Workers(TrainerExecutor executor, AttemptWatch watch, WorkerProperties properties) {
    this.executor = executor;
    this.watch = watch;
    this.slots = properties.slots();
  }

  public List<WorkerView> list() {
    if (slots == 0) {
      return List.of();
    }
    Optional<WorkerDevices> known = executor.devices();
    return List.of(
        new WorkerView(
            LOCAL,
            slots,
            watch.jobs(),
            executor.standbys(),
            known.map(WorkerDevices::tensorflowVersion).orElse(null),
            known.map(WorkerDevices::devices).orElse(List.of())));
  }
}
