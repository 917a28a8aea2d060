package dev.trainyard.event.stream;

import dev.trainyard.event.Event;
import dev.trainyard.event.EventAppended;
import dev.trainyard.event.Events;
import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.web.polling.Waits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Reads the events for all listeners of this process together, on the thread that looks on behalf
 * of waiting requests too; and not at all while nobody listens.
 */
@Component
@ConditionalOnRole(Role.API)
class EventFeed {

  private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);

  private static final int PAGE = 500;

  /** However much happens, it is not looked more often. */
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Events events;
  private final Waits waits;
  private final Listeners listeners;
  private final AtomicBoolean soon = new AtomicBoolean();
  private volatile @Nullable Recent recent;

  EventFeed(Events events, Waits waits, Listeners listeners) {
    this.events = events;
    this.waits = waits;
    this.listeners = listeners;
    waits.alsoLook(this::look);
  }

  @TransactionalEventListener
  void on(EventAppended news) {
    if (!listeners.isEmpty() && soon.compareAndSet(false, true)) {
      waits.later(this::lookSoon, PAUSE);
    }
  }

  private void lookSoon() {
    soon.set(false);
    look();
  }

  private void look() {
    if (listeners.isEmpty()) {
      recent = null;
      return;
    }
    try {
      recent = read(events.newest());
    } catch (RuntimeException e) {
      LOG.warn("Those who listen hear nothing for now: {}", e.toString());
    }
    listeners.tell();
  }

  /** One who comes too late for what is held here reads the table for himself. */
  private Recent read(long newest) {
    Recent now = recent;
    if (now == null || newest - now.to() > PAGE) {
      return Recent.none(newest);
    }
    return now.to() == newest ? now : now.and(events.between(now.to(), newest, PAGE), newest);
  }

  /** Null when nothing has been read yet. */
  @Nullable Recent recent() {
    return recent;
  }

  Events events() {
    return events;
  }

  /** The first events after a place, of all or of one job, that are not to be had here. */
  List<Event> older(long after, long upTo, @Nullable String jobId, int limit) {
    return jobId == null ? events.between(after, upTo, limit) : events.ofJob(jobId, after, limit);
  }
}
