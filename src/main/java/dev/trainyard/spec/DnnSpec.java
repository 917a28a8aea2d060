package dev.trainyard.spec;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Dense layers on the pixels, each with ReLU, then a dense layer to the classes.
 *
 * @param hiddenUnits outputs of each hidden layer, from the first to the last
 * @param dropout the share of each hidden layer's outputs that a training step drops
 * @param batchNorm batch normalization of each hidden layer, before its ReLU
 */
public record DnnSpec(
    @Size(min = 1, max = 16) List<@NotNull @Min(1) @Max(8192) Integer> hiddenUnits,
    @DecimalMin("0.0") @DecimalMax(value = "1.0", inclusive = false) Double dropout,
    Boolean batchNorm)
    implements ModelSpec {

  public DnnSpec(
      @Nullable List<Integer> hiddenUnits, @Nullable Double dropout, @Nullable Boolean batchNorm) {
    // A null in the list is for validation to refuse, so that the answer names its place.
    this.hiddenUnits =
        hiddenUnits == null
            ? List.of(256, 128)
            : Collections.unmodifiableList(new ArrayList<>(hiddenUnits));
    this.dropout = dropout == null ? 0 : dropout;
    this.batchNorm = batchNorm != null && batchNorm;
  }

  @Override
  public int minimumImageSize() {
    return 1;
  }

  @Override
  public String type() {
    return "dnn";
  }
}
