package dev.trainyard.trainer.loop;

import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.SpecCheck;
import dev.trainyard.trainer.protocol.TrainingPlan;

/** What must hold between a spec and its dataset. */
final class PlanCheck {

  private PlanCheck() {}

  /**
   * @throws PlanException naming the first field at fault
   */
  static void check(TrainingPlan plan) {
    JobSpec spec = plan.spec();
    TrainingPlan.Data data = plan.data();
    if (data.labels().size() < 2) {
      throw new PlanException(
          "The dataset has " + data.labels().size() + " classes; a classifier needs at least 2.");
    }
    SpecCheck.of(spec, data.trainExamples(), data.validationExamples(), data.labels().size())
        .stream()
        .findFirst()
        .ifPresent(
            finding -> {
              throw new PlanException(finding.field() + " " + finding.message() + ".");
            });
  }
}
