package dev.trainyard.event;

import dev.trainyard.retention.Chore;
import dev.trainyard.retention.RetentionProperties;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Keeps the table of events bounded. */
@Component
class EventRetention implements Chore {

  private final Events events;
  private final Duration age;
  private final long kept;
  private final Clock clock;

  EventRetention(
      Events events, RetentionProperties retention, EventProperties properties, Clock clock) {
    this.events = events;
    this.age = retention.events();
    this.kept = properties.kept();
    this.clock = clock;
  }

  @Override
  public void tidy() {
    events.forget(age.isZero() ? Instant.EPOCH : clock.instant().minus(age), kept);
  }
}
