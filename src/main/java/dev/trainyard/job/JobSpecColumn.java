package dev.trainyard.job;

import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.SpecJson;
import jakarta.persistence.AttributeConverter;
import org.hibernate.annotations.Immutable;
import org.springframework.util.ConcurrentLruCache;

/**
 * Stores the spec as the JSON that it was submitted as, defaults filled in. Immutable: Hibernate
 * would otherwise write and parse it once more with every load, to notice changes.
 */
@Immutable
class JobSpecColumn implements AttributeConverter<JobSpec, String> {

  /** A job is loaded at each of its steps. */
  private final ConcurrentLruCache<String, JobSpec> parsed =
      new ConcurrentLruCache<>(100, json -> SpecJson.MAPPER.readValue(json, JobSpec.class));

  @Override
  public String convertToDatabaseColumn(JobSpec spec) {
    return SpecJson.MAPPER.writeValueAsString(spec);
  }

  @Override
  public JobSpec convertToEntityAttribute(String json) {
    return parsed.get(json);
  }
}
