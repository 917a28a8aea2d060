package dev.trainyard.trainer.device;

import dev.trainyard.spec.AcceleratorSpec;
import org.tensorflow.proto.ConfigProto;

/**
 * What a session runs on.
 *
 * @param description for people, such as {@code CPU, 2 threads}
 * @param session the session's configuration
 */
public record Accelerator(String description, ConfigProto session) {

  /**
   * @throws AcceleratorUnavailableException for anything but a CPU: TensorFlow Java's published
   *     binaries drive no TPU, and the build that this program ships with drives no GPU
   */
  public static Accelerator of(AcceleratorSpec spec) {
    return switch (spec.type()) {
      case CPU -> cpu();
      case GPU, TPU ->
          throw new AcceleratorUnavailableException(
              "This worker has no "
                  + spec.type()
                  + ": its TensorFlow runs on the CPU only. Submit the job with"
                  + " \"accelerator\": {\"type\": \"CPU\"}.");
    };
  }

  private static Accelerator cpu() {
    int threads = Runtime.getRuntime().availableProcessors();
    return new Accelerator("CPU, " + threads + " threads", ConfigProto.getDefaultInstance());
  }
}
