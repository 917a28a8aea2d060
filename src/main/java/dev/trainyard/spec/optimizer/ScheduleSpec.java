package dev.trainyard.spec.optimizer;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * How the learning rate changes while training goes on, told apart by {@code type}. All begin at
 * the optimizer's {@code learningRate}, after a linear warm-up from 0. Formulas are those of Keras
 * 3, with the number of steps made before this one for {@code step}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ConstantScheduleSpec.class, name = "constant"),
  @JsonSubTypes.Type(value = PiecewiseScheduleSpec.class, name = "piecewise"),
  @JsonSubTypes.Type(value = ExponentialScheduleSpec.class, name = "exponential"),
  @JsonSubTypes.Type(value = CosineScheduleSpec.class, name = "cosine"),
  @JsonSubTypes.Type(value = PolynomialScheduleSpec.class, name = "polynomial")
})
public sealed interface ScheduleSpec
    permits ConstantScheduleSpec,
        PiecewiseScheduleSpec,
        ExponentialScheduleSpec,
        CosineScheduleSpec,
        PolynomialScheduleSpec {

  /** What a schedule's lengths are counted in. */
  enum Unit {
    @JsonProperty("steps")
    STEPS,
    @JsonProperty("epochs")
    EPOCHS
  }

  /** Of {@code warmup} and of every other length. */
  Unit unit();

  /** Length of the linear rise from 0 to the first rate. */
  Double warmup();
}
