package dev.trainyard.spec;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * What the job runs on. A job waits, and says so, until a worker that has it is there.
 *
 * @param replicas devices that share each batch evenly and add up their gradients: GPUs, logical
 *     CPU devices, or TPU cores, 8 of them when left out
 */
public record AcceleratorSpec(Type type, @Min(1) @Max(64) Integer replicas) {

  public enum Type {
    CPU,
    GPU,
    TPU
  }

  public AcceleratorSpec(@Nullable Type type, @Nullable Integer replicas) {
    this.type = type == null ? Type.CPU : type;
    this.replicas = replicas != null ? replicas : this.type == Type.TPU ? 8 : 1;
  }

  static AcceleratorSpec cpu() {
    return new AcceleratorSpec(Type.CPU, null);
  }
}
