package dev.trainyard.spec;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * What the input function makes of each image.
 *
 * @param height pixels that the network sees; images are resized bilinearly
 * @param width likewise
 * @param augment whether training crops, flips, and changes brightness and contrast at random;
 *     evaluation and serving never do
 * @param shuffleBufferSize records from which the next one is drawn at random in training
 */
public record InputSpec(
    @Min(4) @Max(1024) Integer height,
    @Min(4) @Max(1024) Integer width,
    Boolean augment,
    @Min(1) @Max(65536) Integer shuffleBufferSize) {

  public InputSpec(
      @Nullable Integer height,
      @Nullable Integer width,
      @Nullable Boolean augment,
      @Nullable Integer shuffleBufferSize) {
    this.height = height == null ? 299 : height;
    this.width = width == null ? 299 : width;
    this.augment = augment == null || augment;
    this.shuffleBufferSize = shuffleBufferSize == null ? 1024 : shuffleBufferSize;
  }

  static InputSpec defaults() {
    return new InputSpec(null, null, null, null);
  }
}
