package dev.trainyard.job.web;

import dev.trainyard.job.JobCatalog;
import dev.trainyard.job.JobChanged;
import dev.trainyard.job.JobView;
import dev.trainyard.web.polling.WaitPreference;
import dev.trainyard.web.polling.WaitingRoom;
import dev.trainyard.web.polling.Waits;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.web.context.request.async.DeferredResult;

/** Requests that wait for jobs. */
@Component
class JobWaits {

  private final WaitingRoom<JobView> room;

  JobWaits(Waits waits, JobCatalog catalog) {
    this.room = waits.room(catalog::views, JobView::id, job -> job.status().state().isTerminal());
  }

  DeferredResult<ResponseEntity<JobView>> answer(JobView job, WaitPreference preference) {
    return room.answer(job, preference);
  }

  @TransactionalEventListener
  void changed(JobChanged change) {
    room.changed(change.jobId());
  }
}
