package dev.trainyard.job;

import dev.trainyard.spec.JobSpec;
import java.util.OptionalLong;

/** Implemented by whoever knows the workers. */
public interface WorkerMemory {

  /**
   * The memory of the largest worker that could take the job, all of it, in bytes; empty when there
   * is none, or when one does not say how much it has.
   */
  OptionalLong largest(JobSpec spec);
}
