package dev.trainyard.spec;

import dev.trainyard.fuzz.FuzzTarget;
import dev.trainyard.spec.size.NetworkSize;
import dev.trainyard.spec.size.StepMemory;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import tools.jackson.core.JacksonException;

/** Takes a job as it is taken on its way to the queue. */
public final class JobSpecTarget implements FuzzTarget {

  private static final int CLASSES = 5;

  private final Validator validator = Validation.buildDefaultValidatorFactory().getValidator();

  @Override
  public void take(byte[] bytes) {
    JobSpec spec;
    try {
      spec = SpecJson.MAPPER.readValue(bytes, JobSpec.class);
    } catch (JacksonException refused) {
      return;
    }
    if (spec == null || !validator.validate(spec).isEmpty()) {
      return;
    }
    if (SpecCheck.of(spec, 10_000, 1000, CLASSES).isEmpty()) {
      long parameters = NetworkSize.of(spec.model(), spec.input(), CLASSES).parameters();
      long memory = StepMemory.of(spec, CLASSES).bytes(spec.training().batchSize());
      if (parameters < 0 || memory < 0) {
        throw new AssertionError("%d parameters, %d bytes".formatted(parameters, memory));
      }
    }
    byte[] stored = SpecJson.MAPPER.writeValueAsBytes(spec);
    if (!SpecJson.MAPPER.readValue(stored, JobSpec.class).equals(spec)) {
      throw new AssertionError("What is stored is another job");
    }
  }
}
