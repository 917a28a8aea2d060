package dev.trainyard.job.plots;

import dev.trainyard.plot.Chart.Scale;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The series that are drawn over the steps. */
public enum CurvePlot {
  LOSS("loss", "Loss", "loss", "loss", "val_loss", 1, false),
  ACCURACY("accuracy", "Accuracy", "accuracy (%)", "accuracy", "val_accuracy", 100, false),
  RATE("rate", "Training rate", "images per second", "examplesPerSecond", null, 1, true),
  LEARNING_RATE("learning-rate", "Learning rate", "learning rate", "learningRate", null, 1, true);

  private final String path;
  private final String title;
  private final String unit;
  private final String training;
  private final @Nullable String evaluation;
  private final double factor;
  private final boolean fromZero;

  CurvePlot(
      String path,
      String title,
      String unit,
      String training,
      @Nullable String evaluation,
      double factor,
      boolean fromZero) {
    this.path = path;
    this.title = title;
    this.unit = unit;
    this.training = training;
    this.evaluation = evaluation;
    this.factor = factor;
    this.fromZero = fromZero;
  }

  /** By its name in a URL. */
  public static Optional<CurvePlot> of(String path) {
    return Arrays.stream(values()).filter(plot -> plot.path.equals(path)).findFirst();
  }

  String title() {
    return title;
  }

  String unit() {
    return unit;
  }

  String training() {
    return training;
  }

  @Nullable String evaluation() {
    return evaluation;
  }

  /** From what is stored to what is shown. */
  double factor() {
    return factor;
  }

  Scale scale(boolean log) {
    return new Scale(log, fromZero, this == ACCURACY ? factor : Double.POSITIVE_INFINITY);
  }
}
