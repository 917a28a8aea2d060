package dev.trainyard.worker;

import dev.trainyard.dataset.ReadyDataset;
import dev.trainyard.job.AttemptOutcome;
import dev.trainyard.job.ClaimedJob;
import dev.trainyard.job.JobReason;
import dev.trainyard.job.JobView;
import dev.trainyard.model.DatasetRef;
import dev.trainyard.model.FinishedModel;
import dev.trainyard.model.TrainingAttempt;
import dev.trainyard.trainer.protocol.EvaluationReport;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an attempt made, as the registry wants it: the model with all that it came from. */
final class FinishedModels {

  /**
   * @param evaluation of the exported weights; null when they were not evaluated
   * @param attempts at the job, the one that made the model being the last
   */
  static FinishedModel of(
      Attempt attempt,
      TrainerEvent.Exported exported,
      @Nullable EvaluationReport evaluation,
      TrainingPlan plan,
      ReadyDataset dataset,
      List<JobView.Attempt> attempts,
      Instant now) {
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
        new DatasetRef(
            dataset.id(),
            dataset.name(),
            dataset.version(),
            dataset.sha256(),
            dataset.trainExamples(),
            dataset.validationExamples()),
        job.spec(),
        job.warmStart(),
        job.spec().training().seed(),
        attempts.stream().map(it -> of(it, now)).toList(),
        Map.of(
            "tensorflow", attempt.tensorflowVersion(),
            "java", Runtime.version().toString()));
  }

  private static TrainingAttempt of(JobView.Attempt attempt, Instant now) {
    AttemptOutcome outcome = attempt.outcome();
    JobReason reason = attempt.reason();
    return new TrainingAttempt(
        attempt.number(),
        attempt.worker(),
        attempt.startTime(),
        outcome == null ? now : attempt.endTime(),
        (outcome == null ? AttemptOutcome.SUCCEEDED : outcome).name(),
        reason == null ? null : reason.name(),
        attempt.fromStep(),
        attempt.toStep());
  }

  private FinishedModels() {}
}
