package dev.trainyard.dataset.web;

import dev.trainyard.dataset.DatasetCatalog;
import dev.trainyard.dataset.DatasetChanged;
import dev.trainyard.dataset.DatasetState;
import dev.trainyard.dataset.DatasetView;
import dev.trainyard.web.polling.WaitPreference;
import dev.trainyard.web.polling.WaitingRoom;
import dev.trainyard.web.polling.Waits;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.web.context.request.async.DeferredResult;

/** Requests that wait for datasets. */
@Component
class DatasetWaits {

  private final WaitingRoom<DatasetView> room;

  DatasetWaits(Waits waits, DatasetCatalog catalog) {
    this.room =
        waits.room(
            catalog::views, DatasetView::id, dataset -> dataset.state() != DatasetState.CONVERTING);
  }

  DeferredResult<ResponseEntity<DatasetView>> answer(
      DatasetView dataset, WaitPreference preference) {
    return room.answer(dataset, preference);
  }

  @TransactionalEventListener
  void changed(DatasetChanged change) {
    room.changed(change.datasetId());
  }
}
