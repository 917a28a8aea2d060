package dev.trainyard.spec;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/**
 * What the input function makes of each image.
 *
 * @param height pixels that the network sees
 * @param width likewise
 * @param augmentation what training does to images at random; evaluation and serving do nothing at
 *     random
 * @param centralFraction the share of the shorter side that evaluation and serving look at, around
 *     the centre; 1 takes the whole image, whatever its aspect. 0.875 with {@code resnet}
 *     augmentation, else 1
 * @param cache where decoded images are kept from the first epoch on, if they fit
 * @param transpose batch last ([height, width, 3, n]) on the way to the device, as TPUs like it;
 *     the network's first operation turns it back
 * @param shuffleBufferSize records from which the next one is drawn at random in training
 * @param maxBadRecords records that cannot be read or decoded are left out, up to so many
 */
public record InputSpec(
    @Min(4) @Max(1024) Integer height,
    @Min(4) @Max(1024) Integer width,
    Augmentation augmentation,
    @Positive @DecimalMax("1") Double centralFraction,
    Cache cache,
    Boolean transpose,
    @Min(1) @Max(65536) Integer shuffleBufferSize,
    @PositiveOrZero Integer maxBadRecords) {

  /** What training does to images at random. */
  public enum Augmentation {
    @JsonProperty("none")
    NONE,
    /** Crop after a slight enlargement, flip, brightness, contrast. */
    @JsonProperty("article")
    ARTICLE,
    /** Crop of a random area and aspect, flip. */
    @JsonProperty("resnet")
    RESNET
  }

  /** Where decoded images are kept. */
  public enum Cache {
    @JsonProperty("none")
    NONE,
    @JsonProperty("memory")
    MEMORY,
    @JsonProperty("disk")
    DISK
  }

  public InputSpec(
      @Nullable Integer height,
      @Nullable Integer width,
      @Nullable Augmentation augmentation,
      @Nullable Double centralFraction,
      @Nullable Cache cache,
      @Nullable Boolean transpose,
      @Nullable Integer shuffleBufferSize,
      @Nullable Integer maxBadRecords) {
    this.height = height == null ? 299 : height;
    this.width = width == null ? 299 : width;
    this.augmentation = augmentation == null ? Augmentation.ARTICLE : augmentation;
    this.centralFraction =
        centralFraction != null
            ? centralFraction
            : this.augmentation == Augmentation.RESNET ? 0.875 : 1;
    this.cache = cache == null ? Cache.NONE : cache;
    this.transpose = transpose != null && transpose;
    this.shuffleBufferSize = shuffleBufferSize == null ? 1024 : shuffleBufferSize;
    this.maxBadRecords = maxBadRecords == null ? 0 : maxBadRecords;
  }

  static InputSpec defaults() {
    return new InputSpec(null, null, null, null, null, null, null, null);
  }
}
