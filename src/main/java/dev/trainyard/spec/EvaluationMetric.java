package dev.trainyard.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** One figure of an evaluation, by the name that reports and series know it by. */
public enum EvaluationMetric {
  /** Mean softmax cross-entropy, in nats. */
  @JsonProperty("loss")
  LOSS("loss", false),
  /** Share of the images whose class has the highest probability. */
  @JsonProperty("accuracy")
  ACCURACY("accuracy", true),
  /**
   * Share of the images whose class is among the five highest; only with more than five classes.
   */
  @JsonProperty("top_5_accuracy")
  TOP_5_ACCURACY("top_5_accuracy", true),
  /** Unweighted mean over the classes. */
  @JsonProperty("precision")
  PRECISION("precision", true),
  /** Unweighted mean over the classes. */
  @JsonProperty("recall")
  RECALL("recall", true),
  /** Unweighted mean over the classes of the harmonic mean of precision and recall. */
  @JsonProperty("f1_score")
  F1_SCORE("f1_score", true);

  private final String metricName;
  private final boolean higherIsBetter;

  EvaluationMetric(String metricName, boolean higherIsBetter) {
    this.metricName = metricName;
    this.higherIsBetter = higherIsBetter;
  }

  /** With fewer classes in the dataset, the metric says nothing and is not reported. */
  public int fewestClasses() {
    return this == TOP_5_ACCURACY ? 6 : 2;
  }

  public String metricName() {
    return metricName;
  }

  /** How much better {@code value} is than {@code other}; negative when it is worse. */
  public double gain(double value, double other) {
    return higherIsBetter ? value - other : other - value;
  }
}
