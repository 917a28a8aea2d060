package dev.trainyard.trainer.loop;

import dev.trainyard.trainer.checkpoint.Checkpoint;
import dev.trainyard.trainer.checkpoint.Checkpoints;
import dev.trainyard.trainer.graph.Transfer;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tensorflow.exceptions.TensorFlowException;

/** Begins with the weights of a registered model or of another job. */
record WarmStart(TrainingPlan.WarmStart from, Report report) {

  private static final int TRIES = 3;

  /**
   * Replaces what the session's network has of the same name and shape; one warning names the rest.
   *
   * @throws PlanException when the source is gone, or has nothing that fits
   */
  void into(TrainingSession session) throws IOException {
    Transfer transfer = transfer(session);
    if (transfer.taken().isEmpty()) {
      throw new PlanException(
          "training.warmStartFrom: %s has no weights of the names and shapes of this job's network, %s. Choose a source with the same model."
              .formatted(from.source(), transfer.kept()));
    }
    if (!transfer.kept().isEmpty()) {
      report.warn(
          "%d variables begin with the values of %s; it has none of these names and shapes, which begin as without it: %s"
              .formatted(
                  transfer.taken().size(), from.source(), String.join(", ", transfer.kept())));
    }
  }

  private Transfer transfer(TrainingSession session) throws IOException {
    for (int attempt = 1; ; attempt++) {
      Path prefix = prefix();
      try {
        return session.transfer(prefix);
      } catch (TensorFlowException e) {
        // A job that still trains replaces its checkpoints by newer ones.
        if (Files.exists(index(prefix)) || attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  private Path prefix() throws IOException {
    Path prefix =
        switch (from.kind()) {
          case SAVED_MODEL -> from.folder().resolve("variables").resolve("variables");
          case CHECKPOINTS -> newest();
        };
    if (!Files.exists(index(prefix))) {
      throw gone();
    }
    return prefix;
  }

  private Path newest() throws IOException {
    if (!Files.isDirectory(from.folder())) {
      throw gone();
    }
    return Checkpoints.newestIn(from.folder(), report::warn)
        .map(Checkpoint::prefix)
        .orElseThrow(this::gone);
  }

  private PlanException gone() {
    return new PlanException(
        "training.warmStartFrom: %s has no weights on disk (any more). Choose another source."
            .formatted(from.source()));
  }

  private static Path index(Path prefix) {
    return prefix.resolveSibling(prefix.getFileName() + ".index");
  }
}
