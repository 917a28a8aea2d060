package dev.trainyard.job.preflight;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.spec.JobSpec;
import dev.trainyard.trainer.protocol.PreflightEvent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What it means for the answer that the process that tried a job has failed. */
final class Verdict {

  private static final Logger LOG = LoggerFactory.getLogger(Verdict.class);

  private static final int SIGKILLED = 128 + 9;
  private static final int LAST_WORDS = 4096;

  private Verdict() {}

  /**
   * Nothing happens when the job can run, or when this machine is just not the one to try it.
   *
   * @param largestWorker its memory
   * @param log what the process said
   * @throws ProblemException DATASET_DAMAGED; INVALID_REQUEST naming the batch that would fit;
   *     DISK_FULL; PREFLIGHT_FAILED; PREFLIGHT_UNAVAILABLE
   */
  static void check(
      Trace trace, JobSpec spec, OptionalLong largestWorker, Path log, Duration timeout) {
    PreflightEvent.Failed failed = trace.failed();
    if (failed == null) {
      if (trace.timedOut() && trace.built() == null) {
        throw unavailable(
            "The job's graph was not ready within %s (trainyard.preflight.timeout), so nothing is known. The machine may be busy."
                .formatted(timeout));
      }
      if (trace.exported() == null && !trace.timedOut()) {
        throw died(trace, log);
      }
      return;
    }
    switch (failed.reason()) {
      case DATA_ERROR ->
          throw new ProblemException(
              Problem.DATASET_DAMAGED,
              failed.message(),
              new FieldProblem("dataset", "cannot be read: " + failed.message()));
      case OUT_OF_MEMORY -> {
        if (!isForALargerWorker(trace, largestWorker)) {
          throw new ProblemException(
              Problem.INVALID_REQUEST,
              failed.message(),
              new FieldProblem("training.batchSize", batch(spec, trace)));
        }
      }
      case NON_FINITE_LOSS ->
          throw new ProblemException(
              Problem.PREFLIGHT_FAILED,
              failed.message(),
              new FieldProblem(
                  "training.optimizer.learningRate", "makes the loss no finite number at once"));
      case DISK_FULL -> throw new ProblemException(Problem.DISK_FULL, failed.message());
      case SPEC_ERROR -> throw new ProblemException(Problem.PREFLIGHT_FAILED, failed.message());
      case TRAINER_CRASHED -> throw died(trace, log);
      case ACCELERATOR_UNAVAILABLE -> {} // some other machine has it, or none
    }
  }

  static boolean isForALargerWorker(Trace trace, OptionalLong largestWorker) {
    PreflightEvent.Built built = trace.built();
    return built != null
        && largestWorker.isPresent()
        && largestWorker.getAsLong() > 2 * built.availableBytes();
  }

  private static String batch(JobSpec spec, Trace trace) {
    int asked = spec.training().batchSize();
    PreflightEvent.Built built = trace.built();
    int largest = built == null ? 0 : Math.min(built.largestBatchSize(), asked / 2);
    return largest < 1
        ? "is %d, and no batch would fit into the free memory".formatted(asked)
        : "is %d, which does not fit into the free memory; make it %d or less, or raise training.gradientAccumulationSteps"
            .formatted(asked, largest);
  }

  private static ProblemException died(Trace trace, Path log) {
    LOG.warn(
        "A process that tried a job ended with exit code {}: {}", trace.exitCode(), lastWords(log));
    if (trace.exitCode() == SIGKILLED) {
      return unavailable(
          "The process that tried the job was killed, by the kernel for want of memory or by"
              + " somebody. Ask again, or with a smaller training.batchSize.");
    }
    return new ProblemException(
        Problem.PREFLIGHT_FAILED,
        "The process that tried the job ended with exit code %d; a trainer would end the same way. The service's log has its last words."
            .formatted(trace.exitCode()));
  }

  private static ProblemException unavailable(String message) {
    return new ProblemException(Problem.PREFLIGHT_UNAVAILABLE, message).retryAfter(10);
  }

  private static String lastWords(Path log) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - LAST_WORDS));
      byte[] end = new byte[(int) (file.length() - file.getFilePointer())];
      file.readFully(end);
      return new String(end, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
