package dev.trainyard.spec;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * How the learning rate changes while training goes on, told apart by {@code type}. All begin at
 * the optimizer's {@code learningRate}, after a linear warm-up from 0.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes(@JsonSubTypes.Type(value = ConstantScheduleSpec.class, name = "constant"))
public sealed interface ScheduleSpec permits ConstantScheduleSpec {

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
