package dev.trainyard.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The type that a training step computes in. Weights and statistics are float32 always. */
public enum Precision {
  @JsonProperty("float32")
  FLOAT32,
  /** Matrix products and convolutions in bfloat16: half the memory, and twice as fast on many. */
  @JsonProperty("bfloat16")
  BFLOAT16,
  /** bfloat16 where the device has instructions for it, float32 elsewhere. */
  @JsonProperty("auto")
  AUTO
}
