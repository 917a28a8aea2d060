package dev.trainyard.spec;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * The article's network: two convolutions, each with ReLU and 2x2 max pooling, then a dense layer,
 * dropout, and a dense layer to the classes. Its defaults are the article's.
 *
 * @param kernelSize1 height and width of the first convolution's kernel (ksize1)
 * @param kernelSize2 of the second (ksize2)
 * @param filters1 output channels of the first convolution (nfil1)
 * @param filters2 of the second (nfil2)
 * @param units of the hidden dense layer
 * @param dropout the share of the hidden layer's outputs that a training step drops (dprob)
 * @param batchNorm batch normalization after both dense layers
 */
public record CnnSpec(
    @Min(1) @Max(31) Integer kernelSize1,
    @Min(1) @Max(31) Integer kernelSize2,
    @Min(1) @Max(1024) Integer filters1,
    @Min(1) @Max(1024) Integer filters2,
    @Min(1) @Max(8192) Integer units,
    @DecimalMin("0.0") @DecimalMax(value = "1.0", inclusive = false) Double dropout,
    Boolean batchNorm)
    implements ModelSpec {

  public CnnSpec(
      @Nullable Integer kernelSize1,
      @Nullable Integer kernelSize2,
      @Nullable Integer filters1,
      @Nullable Integer filters2,
      @Nullable Integer units,
      @Nullable Double dropout,
      @Nullable Boolean batchNorm) {
    this.kernelSize1 = kernelSize1 == null ? 5 : kernelSize1;
    this.kernelSize2 = kernelSize2 == null ? 5 : kernelSize2;
    this.filters1 = filters1 == null ? 10 : filters1;
    this.filters2 = filters2 == null ? 20 : filters2;
    this.units = units == null ? 300 : units;
    this.dropout = dropout == null ? 0.25 : dropout;
    this.batchNorm = batchNorm != null && batchNorm;
  }

  /** The article's network as it stands, with or without batch normalization. */
  public static CnnSpec article(boolean batchNorm) {
    return new CnnSpec(null, null, null, null, null, null, batchNorm);
  }

  @Override
  public int minimumImageSize() {
    return 4; // two poolings halve it twice
  }

  @Override
  public String type() {
    return "cnn";
  }
}
