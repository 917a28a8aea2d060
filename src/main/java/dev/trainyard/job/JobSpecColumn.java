package dev.trainyard.job;

import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.SpecJson;
import jakarta.persistence.AttributeConverter;

/** Stores the spec as the JSON that it was submitted as, defaults filled in. */
class JobSpecColumn implements AttributeConverter<JobSpec, String> {

  @Override
  public String convertToDatabaseColumn(JobSpec spec) {
    return SpecJson.MAPPER.writeValueAsString(spec);
  }

  @Override
  public JobSpec convertToEntityAttribute(String json) {
    return SpecJson.MAPPER.readValue(json, JobSpec.class);
  }
}
