package dev.trainyard.worker;

import dev.trainyard.fleet.Fleet;
import dev.trainyard.fleet.Member;
import dev.trainyard.job.JobCatalog;
import dev.trainyard.spec.SpecJson;
import java.util.List;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** All workers that share the database. */
@Component
public class Workers {

  private final Fleet fleet;
  private final JobCatalog jobs;

  Workers(Fleet fleet, JobCatalog jobs) {
    this.fleet = fleet;
    this.jobs = jobs;
  }

  /** The oldest first. */
  public List<WorkerView> list() {
    return fleet.members().stream().map(this::view).toList();
  }

  private WorkerView view(Member member) {
    WorkerDetails details =
        SpecJson.MAPPER.readValue(member.offer().details(), WorkerDetails.class);
    return new WorkerView(
        member.id(),
        member.state(),
        member.offer().slots(),
        new TreeSet<>(member.offer().labels()),
        jobs.heldBy(member.id()),
        details.standbyTrainers(),
        details.tensorflowVersion(),
        details.devices(),
        member.startTime(),
        member.renewTime());
  }
}
