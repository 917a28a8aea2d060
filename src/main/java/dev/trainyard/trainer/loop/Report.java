package dev.trainyard.trainer.loop;

import dev.trainyard.trainer.export.ExportedModel;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainerPhase;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes on what happens, one event at a time, from whichever thread it comes. */
final class Report {

  private final Consumer<TrainerEvent> events;
  private final Clock clock;
  private @Nullable TrainerPhase phase;

  Report(Consumer<TrainerEvent> events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  synchronized void tell(TrainerEvent event) {
    events.accept(event);
  }

  /** Tells of the phase, unless it is the one that was told of last. */
  synchronized void enter(TrainerPhase next) {
    if (next != phase) {
      phase = next;
      tell(new TrainerEvent.Entered(next, clock.instant()));
    }
  }

  void saved(long step, long bytes, Duration took) {
    tell(new TrainerEvent.Checkpoint(step, bytes, took.toNanos() / 1e9, clock.instant()));
  }

  void exported(long step, ExportedModel model) {
    tell(new TrainerEvent.Exported(step, model.parameters(), model.signatures(), clock.instant()));
  }

  void warn(String message) {
    tell(new TrainerEvent.Warning(message));
  }
}
