package dev.trainyard.worker;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Membership;
import dev.trainyard.fleet.Role;
import dev.trainyard.job.ClaimedJob;
import io.opentelemetry.api.trace.Tracer;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Begins the traces of this worker's attempts. */
@Component
@ConditionalOnRole(Role.WORKER)
record AttemptTraces(Tracer tracer, Membership lease, Clock clock) {

  /** Closed by the calling thread once the attempt is over. */
  AttemptTrace of(ClaimedJob job) {
    return new AttemptTrace(tracer, clock, job, lease.id());
  }
}
