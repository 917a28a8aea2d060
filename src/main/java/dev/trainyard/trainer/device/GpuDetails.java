package dev.trainyard.trainer.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What the driver's own tool says of the GPUs; TensorFlow's C interface gives no more than their
 * memory. TensorFlow may number the cards differently, so what holds is what holds of all of them.
 *
 * @param description the models
 * @param fastBfloat16 whether all have compute capability 8.0 (Ampere) or more, which multiplies
 *     bfloat16 in hardware
 */
record GpuDetails(String description, boolean fastBfloat16) {

  private static final GpuDetails UNKNOWN = new GpuDetails("GPU", false);
  private static final double AMPERE = 8;

  static GpuDetails ofThisMachine() {
    try {
      Process tool =
          new ProcessBuilder("nvidia-smi", "--query-gpu=name,compute_cap", "--format=csv,noheader")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        tool.getOutputStream().close();
        String said =
            new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return tool.waitFor(10, TimeUnit.SECONDS) && tool.exitValue() == 0 ? of(said) : UNKNOWN;
      } finally {
        tool.destroyForcibly();
      }
    } catch (IOException e) {
      return UNKNOWN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNKNOWN;
    }
  }

  /**
   * @param said a line {@code name, major.minor} for each card
   */
  static GpuDetails of(String said) {
    List<String[]> cards =
        said.lines().map(line -> line.split(",")).filter(card -> card.length == 2).toList();
    if (cards.isEmpty()) {
      return UNKNOWN;
    }
    return new GpuDetails(
        cards.stream().map(card -> card[0].strip()).distinct().collect(Collectors.joining(" or ")),
        cards.stream().allMatch(card -> capability(card[1]) >= AMPERE));
  }

  private static double capability(String number) {
    try {
      return Double.parseDouble(number.strip());
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
