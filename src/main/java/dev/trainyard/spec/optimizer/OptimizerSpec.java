package dev.trainyard.spec.optimizer;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How gradients change the weights, told apart by {@code type}. Formulas are those of Keras 3. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SgdSpec.class, name = "sgd"),
  @JsonSubTypes.Type(value = MomentumSpec.class, name = "momentum"),
  @JsonSubTypes.Type(value = RmsPropSpec.class, name = "rmsprop"),
  @JsonSubTypes.Type(value = AdagradSpec.class, name = "adagrad"),
  @JsonSubTypes.Type(value = AdamSpec.class, name = "adam"),
  @JsonSubTypes.Type(value = AdamWSpec.class, name = "adamw")
})
public sealed interface OptimizerSpec
    permits SgdSpec, MomentumSpec, RmsPropSpec, AdagradSpec, AdamSpec, AdamWSpec {

  /** The rate that the schedule begins with, after its warm-up. */
  Double learningRate();
}
