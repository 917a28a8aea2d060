package dev.trainyard.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.tfrecord.CorruptRecordException;
import dev.trainyard.trainer.loop.PlanException;
import dev.trainyard.trainer.protocol.ExitCode;
import dev.trainyard.trainer.protocol.FailureReason;
import dev.trainyard.trainer.protocol.TrainerEvent.Failed;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.tensorflow.exceptions.TFResourceExhaustedException;

class FailuresTest {

  @Test
  void each_problem_has_its_reason_and_its_exit_code() {
    check(new PlanException("x"), FailureReason.SPEC_ERROR, ExitCode.NOT_RETRIABLE);
    check(new CorruptRecordException("x"), FailureReason.DATA_ERROR, ExitCode.NOT_RETRIABLE);
    check(
        new TFResourceExhaustedException("x"), FailureReason.OUT_OF_MEMORY, ExitCode.NOT_RETRIABLE);
    check(new OutOfMemoryError("x"), FailureReason.OUT_OF_MEMORY, ExitCode.NOT_RETRIABLE);
    check(new IllegalStateException("x"), FailureReason.TRAINER_CRASHED, ExitCode.RETRIABLE);
    IOException full = new IOException("No space left on device");
    check(full, FailureReason.DISK_FULL, ExitCode.RETRIABLE);
    check(
        new TFResourceExhaustedException("/a/b; No space left on device\nHint: OOM"),
        FailureReason.DISK_FULL,
        ExitCode.RETRIABLE);
    check(
        new IllegalStateException(new UncheckedIOException(full)),
        FailureReason.DISK_FULL,
        ExitCode.RETRIABLE);
  }

  @Test
  void messages_say_what_to_do() {
    assertThat(Failures.of(new TFResourceExhaustedException("OOM when allocating")).message())
        .contains("training.batchSize", "OOM when allocating");
    assertThat(Failures.of(new IOException("No space left on device")).message())
        .contains("Free some space");
  }

  private static void check(Throwable problem, FailureReason reason, ExitCode exitCode) {
    Failed failed = Failures.of(problem);
    assertThat(failed.reason()).isEqualTo(reason);
    assertThat(failed.message()).contains("x".equals(problem.getMessage()) ? "x" : "");
    assertThat(Failures.exitCode(failed)).isEqualTo(exitCode);
  }
}
