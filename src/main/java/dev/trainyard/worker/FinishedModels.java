package dev.trainyard.worker;

import dev.trainyard.dataset.ReadyDataset;
import dev.trainyard.job.ClaimedJob;
import dev.trainyard.model.DatasetRef;
import dev.trainyard.model.FinishedModel;
import dev.trainyard.trainer.protocol.EvaluationReport;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an attempt made, as the registry wants it: the model with all that it came from. */
final class FinishedModels {

  /**
   * @param evaluation of the exported weights; null when they were not evaluated
   */
  static FinishedModel of(
      Attempt attempt,
      TrainerEvent.Exported exported,
      @Nullable EvaluationReport evaluation,
      TrainingPlan plan,
      ReadyDataset dataset) {
    ClaimedJob job = attempt.job();
    return new FinishedModel(
        job.id(),
        job.spec().register().model(),
        plan.export(),
        dataset.labels(),
        exported.signatures(),
        evaluation,
        exported.parameters(),
        exported.step(),
        new DatasetRef(dataset.id(), dataset.name(), dataset.version(), dataset.sha256()),
        job.spec(),
        job.spec().training().seed(),
        Map.of(
            "tensorflow", attempt.tensorflowVersion(),
            "java", Runtime.version().toString()));
  }

  private FinishedModels() {}
}
