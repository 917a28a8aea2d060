package dev.trainyard.job;

import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.SpecJson;
import jakarta.persistence.AttributeConverter;
import org.hibernate.annotations.Immutable;

/**
 * Stores the spec as the JSON that it was submitted as, defaults filled in. Immutable: Hibernate
 * would otherwise write and parse it once more with every load, to notice changes.
 */
@Immutable
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
