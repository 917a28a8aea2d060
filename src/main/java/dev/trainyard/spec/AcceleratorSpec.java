package dev.trainyard.spec;

import org.jspecify.annotations.Nullable;

/** What the job runs on. A job waits, and says so, until a worker that has it is there. */
public record AcceleratorSpec(Type type) {

  public enum Type {
    CPU,
    GPU,
    TPU
  }

  public AcceleratorSpec(@Nullable Type type) {
    this.type = type == null ? Type.CPU : type;
  }

  static AcceleratorSpec cpu() {
    return new AcceleratorSpec(Type.CPU);
  }
}
