package dev.trainyard.trainer;

import static dev.trainyard.trainer.protocol.FailureReason.ACCELERATOR_UNAVAILABLE;
import static dev.trainyard.trainer.protocol.FailureReason.DATA_ERROR;
import static dev.trainyard.trainer.protocol.FailureReason.DISK_FULL;
import static dev.trainyard.trainer.protocol.FailureReason.NON_FINITE_LOSS;
import static dev.trainyard.trainer.protocol.FailureReason.OUT_OF_MEMORY;
import static dev.trainyard.trainer.protocol.FailureReason.SPEC_ERROR;
import static dev.trainyard.trainer.protocol.FailureReason.TRAINER_CRASHED;

import dev.trainyard.tfrecord.CorruptRecordException;
import dev.trainyard.trainer.device.AcceleratorUnavailableException;
import dev.trainyard.trainer.input.record.BadRecordException;
import dev.trainyard.trainer.loop.NonFiniteLossException;
import dev.trainyard.trainer.loop.NotEnoughMemoryException;
import dev.trainyard.trainer.loop.PlanException;
import dev.trainyard.trainer.protocol.ExitCode;
import dev.trainyard.trainer.protocol.TrainerEvent.Failed;
import java.util.stream.Stream;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/** The one place where an exception becomes a failure reason. */
final class Failures {

  private Failures() {}

  static Failed of(Throwable problem) {
    String message = String.valueOf(problem.getMessage());
    if (problem instanceof PlanException) {
      return new Failed(SPEC_ERROR, message);
    }
    if (problem instanceof AcceleratorUnavailableException) {
      return new Failed(ACCELERATOR_UNAVAILABLE, message);
    }
    if (problem instanceof NonFiniteLossException) {
      return new Failed(NON_FINITE_LOSS, message);
    }
    if (problem instanceof BadRecordException || problem instanceof CorruptRecordException) {
      return new Failed(DATA_ERROR, message);
    }
    // Before memory: TensorFlow says that a full disk is an exhausted resource too.
    if (says(problem, "No space left on device")) {
      return new Failed(
          DISK_FULL,
          "The disk is full. Free some space; the job goes on from its last checkpoint. "
              + firstLine(message));
    }
    if (problem instanceof NotEnoughMemoryException) {
      return new Failed(OUT_OF_MEMORY, message);
    }
    if (problem instanceof TFResourceExhaustedException || problem instanceof OutOfMemoryError) {
      return new Failed(
          OUT_OF_MEMORY,
          "Training needs more memory than there is. Lower training.batchSize, input.height and"
              + " input.width, or the model's size. "
              + firstLine(message));
    }
    return new Failed(
        TRAINER_CRASHED,
        "The trainer failed unexpectedly; the job's log has the details. " + problem);
  }

  /** How a process ends that failed for this reason. */
  static ExitCode exitCode(Failed failed) {
    return switch (failed.reason()) {
      case SPEC_ERROR, DATA_ERROR, NON_FINITE_LOSS, OUT_OF_MEMORY -> ExitCode.NOT_RETRIABLE;
      case ACCELERATOR_UNAVAILABLE, DISK_FULL, TRAINER_CRASHED -> ExitCode.RETRIABLE;
    };
  }

  /** Without the graph node and the hints for Python that TensorFlow adds. */
  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }

  private static boolean says(Throwable problem, String words) {
    return Stream.iterate(problem, cause -> cause != null, Throwable::getCause)
        .anyMatch(cause -> String.valueOf(cause.getMessage()).contains(words));
  }
}
