package dev.trainyard.job;

import dev.trainyard.project.ProjectUse;
import dev.trainyard.project.Quota;
import org.springframework.stereotype.Component;

/** What jobs use of a project's quotas. */
@Component
class JobQuotas implements ProjectUse {

  private final Jobs jobs;

  JobQuotas(Jobs jobs) {
    this.jobs = jobs;
  }

  @Override
  public long used(String project, Quota quota) {
    return switch (quota) {
      case JOBS -> jobs.countUnfinished(project);
      case RUNNING_JOBS -> jobs.countHeld(project);
      case TRAINING_SECONDS -> jobs.secondsSpent(project);
      case BYTES -> 0;
    };
  }
}
