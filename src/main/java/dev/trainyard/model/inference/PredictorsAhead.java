package dev.trainyard.model.inference;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.model.ModelCatalog;
import dev.trainyard.model.notes.ModelFilter;
import dev.trainyard.model.predict.Predictors;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Has predictors wait where predictions are answered, if there is a model that may be asked. */
@Component
@ConditionalOnRole(Role.API)
class PredictorsAhead {

  private final ModelCatalog catalog;
  private final Predictors predictors;

  PredictorsAhead(ModelCatalog catalog, Predictors predictors) {
    this.catalog = catalog;
    this.predictors = predictors;
  }

  @EventListener(ApplicationReadyEvent.class)
  void begin() {
    predictors.expectUse(!catalog.models(ModelFilter.of(null, null), "", 1).isEmpty());
  }
}
