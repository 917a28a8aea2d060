package dev.trainyard.worker;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Membership;
import dev.trainyard.fleet.Role;
import dev.trainyard.job.ClaimedJob;
import dev.trainyard.job.JobQueue;
import dev.trainyard.job.JobReaper;
import dev.trainyard.storage.DiskSpace;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * What this process has claimed. Claims are made one at a time, so that it can be compared with
 * what the queue says: a claim whose answer was lost with the database's connection would otherwise
 * be held for ever by a worker that lives and does not know of it.
 */
@Component
@ConditionalOnRole(Role.WORKER)
class Claims {

  private final Membership lease;
  private final WorkerOffer offer;
  private final DiskSpace disk;
  private final JobQueue queue;
  private final JobReaper reaper;
  private final Set<String> running = new HashSet<>();

  Claims(Membership lease, WorkerOffer offer, DiskSpace disk, JobQueue queue, JobReaper reaper) {
    this.lease = lease;
    this.offer = offer;
    this.disk = disk;
    this.queue = queue;
    this.reaper = reaper;
  }

  /** Takes a job, if there is one for this worker; who runs it says when that is over. */
  synchronized Optional<ClaimedJob> next() {
    if (!lease.holds()) {
      return Optional.empty();
    }
    String worker = lease.id();
    reaper.takeBack(worker, running);
    Optional<ClaimedJob> claim =
        disk.isLow() ? Optional.empty() : queue.claim(worker, offer.offer());
    claim.ifPresent(job -> running.add(job.id()));
    return claim;
  }

  synchronized void over(ClaimedJob job) {
    running.remove(job.id());
  }
}
