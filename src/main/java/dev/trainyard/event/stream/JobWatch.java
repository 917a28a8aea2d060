package dev.trainyard.event.stream;

import dev.trainyard.event.Event;
import dev.trainyard.event.EventType;
import dev.trainyard.project.Acting;
import dev.trainyard.spec.SpecJson;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows one job to its end, by the events about it; or none, which does not end. */
final class JobWatch {

  /** In the place of a state, once it is not there any more. */
  private static final String DELETED = "DELETED";

  private final @Nullable String id;
  private final String visible;
  private final Set<String> endings;
  private String state;

  private JobWatch(@Nullable String id, String visible, Set<String> endings, String state) {
    this.id = id;
    this.visible = visible;
    this.endings = endings;
    this.state = state;
  }

  static JobWatch of(WatchedJob job) {
    return new JobWatch(job.id(), Acting.ALL, job.endings(), job.state());
  }

  /** Concerned with all events that the request may see. */
  static JobWatch none() {
    return new JobWatch(null, Acting.visible(), Set.of(), "");
  }

  @Nullable String id() {
    return id;
  }

  boolean concerns(Event event) {
    return id == null
        ? visible.equals(Acting.ALL) || visible.equals(event.project())
        : id.equals(event.jobId());
  }

  void hear(Event event) {
    if (id != null && event.type() == EventType.TRANSITION) {
      state = SpecJson.MAPPER.readTree(event.data()).path("state").asString(state);
    } else if (id != null && event.type() == EventType.DELETED) {
      state = DELETED;
    }
  }

  boolean isOver() {
    return state.equals(DELETED) || endings.contains(state);
  }

  End end() {
    return new End(String.valueOf(id), state);
  }

  /** The last event of a job's stream. */
  record End(String jobId, String state) {}
}
