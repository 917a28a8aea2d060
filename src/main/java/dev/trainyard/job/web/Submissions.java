package dev.trainyard.job.web;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.idempotency.Idempotency;
import dev.trainyard.idempotency.IdempotentRequest;
import dev.trainyard.idempotency.Once;
import dev.trainyard.job.JobCatalog;
import dev.trainyard.job.JobView;
import dev.trainyard.spec.SpecJson;
import java.util.function.Supplier;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Answers requests that make a job, each of which makes one however often it is sent. */
@Component
@ConditionalOnRole(Role.API)
class Submissions {

  private static final int NAME_RACES = 5;

  private final Idempotency idempotency;
  private final JobCatalog catalog;

  Submissions(Idempotency idempotency, JobCatalog catalog) {
    this.idempotency = idempotency;
    this.catalog = catalog;
  }

  /**
   * @param asked what the request asks for, defaults filled in: another spelling is no other
   *     request
   */
  ResponseEntity<JobView> once(IdempotentRequest request, Object asked, Supplier<JobView> make) {
    String canonical = SpecJson.MAPPER.writeValueAsString(asked);
    Once<JobView> job = once(request, canonical, make);
    return job.accepted("/api/v1/jobs/" + job.resource().id());
  }

  private Once<JobView> once(IdempotentRequest request, String asked, Supplier<JobView> make) {
    for (int race = 1; ; race++) {
      try {
        return idempotency.once(request, asked, make, JobView::id, catalog::get);
      } catch (DataIntegrityViolationException e) {
        // Another job has just been the first to name the same model: now its name is there.
        if (race == NAME_RACES) {
          throw e;
        }
      }
    }
  }
}
