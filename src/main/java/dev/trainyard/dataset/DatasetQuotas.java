package dev.trainyard.dataset;

import dev.trainyard.project.ProjectUse;
import dev.trainyard.project.Quota;
import org.springframework.stereotype.Component;

/** What datasets use of a project's quotas: the bytes of their shards. */
@Component
class DatasetQuotas implements ProjectUse {

  private final Datasets datasets;

  DatasetQuotas(Datasets datasets) {
    this.datasets = datasets;
  }

  @Override
  public long used(String project, Quota quota) {
    return quota == Quota.BYTES ? datasets.bytes(project) : 0;
  }
}
