package dev.trainyard.spec;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A residual network (He et al., 2015), version 1 with the stride of a bottleneck on its 3x3
 * convolution, as the TPU reference model has it.
 *
 * @param depth layers with weights on the way from the image to the classes
 */
public record ResNetSpec(
    @OneOf({18, 34, 50, 101}) @Schema(allowableValues = {"18", "34", "50", "101"}) Integer depth)
    implements ModelSpec {

  public ResNetSpec(@Nullable Integer depth) {
    this.depth = depth == null ? 50 : depth;
  }

  @Override
  public int minimumImageSize() {
    return 32; // below, the last blocks would see one pixel and its padding
  }

  @Override
  public String type() {
    return "resnet";
  }
}
