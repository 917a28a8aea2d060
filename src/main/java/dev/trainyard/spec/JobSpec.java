package dev.trainyard.spec;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * A training job as its submitter writes it. It never changes once accepted; every parameter that
 * was left out stands in it with its default.
 *
 * @param name what the submitter calls the job; need not be unique
 * @param dataset name or id of a dataset that is READY
 * @param scheduling when and where it runs, and how often it may be tried
 * @param register where the finished model goes; the job's name when left out
 */
@JsonIgnoreProperties("$schema") // editors write it into the file
public record JobSpec(
    @ResourceName String name,
    @NotBlank String dataset,
    @NotNull(message = ModelSpec.REQUIRED) @Valid ModelSpec model,
    @Valid InputSpec input,
    @Valid TrainingSpec training,
    @Valid AcceleratorSpec accelerator,
    @Valid SchedulingSpec scheduling,
    @Valid RegisterSpec register) {

  public JobSpec(
      String name,
      String dataset,
      ModelSpec model,
      @Nullable InputSpec input,
      @Nullable TrainingSpec training,
      @Nullable AcceleratorSpec accelerator,
      @Nullable SchedulingSpec scheduling,
      @Nullable RegisterSpec register) {
    this.name = name;
    this.dataset = dataset;
    this.model = model;
    this.input = input == null ? InputSpec.defaults() : input;
    this.training = training == null ? TrainingSpec.defaults() : training;
    this.accelerator = accelerator == null ? AcceleratorSpec.cpu() : accelerator;
    this.scheduling = scheduling == null ? SchedulingSpec.defaults() : scheduling;
    this.register = register == null ? RegisterSpec.named(name) : register;
  }
}
