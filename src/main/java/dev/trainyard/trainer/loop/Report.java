package dev.trainyard.trainer.loop;

import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainerPhase;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes on what happens, one event at a time, from whichever thread it comes. */
final class Report {

  private final Consumer<TrainerEvent> events;
  private @Nullable TrainerPhase phase;

  Report(Consumer<TrainerEvent> events) {
    this.events = events;
  }

  synchronized void tell(TrainerEvent event) {
    events.accept(event);
  }

  /** Tells of the phase, unless it is the one that was told of last. */
  synchronized void enter(TrainerPhase next) {
    if (next != phase) {
      phase = next;
      tell(new TrainerEvent.Entered(next));
    }
  }

  void warn(String message) {
    tell(new TrainerEvent.Warning(message));
  }
}
