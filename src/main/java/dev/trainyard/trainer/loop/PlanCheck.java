package dev.trainyard.trainer.loop;

import dev.trainyard.spec.JobSpec;
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
    if (spec.training().batchSize() > data.trainExamples()) {
      throw new PlanException(
          "training.batchSize is %d, but the dataset has only %d training images. Lower it."
              .formatted(spec.training().batchSize(), data.trainExamples()));
    }
    int smallest = spec.model().minimumImageSize();
    if (spec.input().height() < smallest || spec.input().width() < smallest) {
      throw new PlanException(
          "input.height and input.width must be at least %d for a model of type %s."
              .formatted(smallest, spec.model().type()));
    }
  }
}
