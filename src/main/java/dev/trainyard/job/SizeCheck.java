package dev.trainyard.job;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.size.StepMemory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Whether a network is as large as it may be, and whether a step might fit into the memory of a
 * worker. What a step takes is counted low, and all of a worker's memory counts as free: a job that
 * is refused for it could run nowhere.
 */
@Component
public class SizeCheck {

  private final List<WorkerMemory> workers;
  private final JobProperties limits;

  SizeCheck(ObjectProvider<WorkerMemory> workers, JobProperties limits) {
    this.workers = workers.stream().toList();
    this.limits = limits;
  }

  /** The memory of the largest worker that could take the job; empty when nobody knows. */
  public OptionalLong largest(JobSpec spec) {
    return workers.stream()
        .map(each -> each.largest(spec))
        .filter(OptionalLong::isPresent)
        .mapToLong(OptionalLong::getAsLong)
        .max();
  }

  /**
   * Nothing when it may be so large and might fit.
   *
   * @param classes of the dataset
   */
  Optional<FieldProblem> problem(JobSpec spec, int classes) {
    StepMemory need = StepMemory.of(spec, classes);
    if (need.parameters() > limits.maxParameters()) {
      return Optional.of(
          new FieldProblem(
              "model",
              String.format(
                  Locale.ROOT,
                  "is too large: it has %,d parameters, and trainyard.job.max-parameters is %,d; lower input.height and input.width, or choose a smaller model",
                  need.parameters(),
                  limits.maxParameters())));
    }
    OptionalLong memory = largest(spec);
    int batchSize = spec.training().batchSize();
    long needed = need.bytes(batchSize);
    if (memory.isEmpty() || needed <= memory.getAsLong()) {
      return Optional.empty();
    }
    String sizes =
        "a step needs at least %s of memory, and the largest worker for it has %s"
            .formatted(megabytes(needed), megabytes(memory.getAsLong()));
    int largest = need.largestBatch(memory.getAsLong());
    if (largest == 0) {
      return Optional.of(
          new FieldProblem(
              "model",
              "is too large: %s, and no batch would fit; lower input.height and input.width, or choose a smaller model"
                  .formatted(sizes)));
    }
    return Optional.of(
        new FieldProblem(
            "training.batchSize",
            "is %d: %s; make it %d or less, or raise training.gradientAccumulationSteps"
                .formatted(batchSize, sizes, largest)));
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,d MB", bytes >> 20);
  }
}
