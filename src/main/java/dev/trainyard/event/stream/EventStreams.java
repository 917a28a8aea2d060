package dev.trainyard.event.stream;

import dev.trainyard.event.EventType;
import dev.trainyard.event.Events;
import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Opens streams of events. */
@Component
@ConditionalOnRole(Role.API)
public class EventStreams {

  public static final MediaType TYPE =
      new MediaType("text", "event-stream", StandardCharsets.UTF_8);

  private final Events events;
  private final EventFeed feed;
  private final Listeners listeners;

  EventStreams(Events events, EventFeed feed, Listeners listeners) {
    this.events = events;
    this.feed = feed;
    this.listeners = listeners;
  }

  /** Of everything, from now on or from where the client was. */
  public void ofAll(
      Resume resume, Set<EventType> types, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    long newest = events.newest();
    Long from = kept(resume, newest);
    String first = ServerSentEvent.start(from == null ? newest : from);
    if (from == null && resume.after() != null) {
      first += ServerSentEvent.text(newest, "reset", Map.of("lastEventId", resume.after()));
    }
    open(JobWatch.none(), types, first, from == null ? newest : from, newest, request, response);
  }

  /**
   * Of one job, until its end. It begins with a snapshot, unless it goes on from where the client
   * was; a client that has all of a job that has ended is told not to come back.
   *
   * @param look at the job
   */
  public void ofJob(
      Supplier<WatchedJob> look,
      Resume resume,
      Set<EventType> types,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    long before = events.newest();
    WatchedJob job = look.get();
    long newest = events.newest();
    Long from = kept(resume, before);
    if (from != null && job.isOver() && events.ofJob(job.id(), from, 1).isEmpty()) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return;
    }
    long place = from == null ? before : from;
    String first = ServerSentEvent.start(place);
    if (from == null) {
      first += ServerSentEvent.text(place, "snapshot", job.snapshot());
    }
    open(JobWatch.of(job), types, first, place, newest, request, response);
  }

  /** What says nothing, and is over when the job is. */
  public Content endOf(Supplier<WatchedJob> look) {
    long place = events.newest();
    JobWatch job = JobWatch.of(look.get());
    return new EventContent(feed, job, Set.of(), "", place, events.newest());
  }

  private void open(
      JobWatch job,
      Set<EventType> types,
      String first,
      long place,
      long known,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Content content = new EventContent(feed, job, types, first, place, known);
    listeners.open(content, TYPE, request, response);
  }

  /** From where the client can go on; null when it begins, or what it lacks is not kept. */
  private @Nullable Long kept(Resume resume, long newest) {
    Long after = resume.after();
    return after == null || after > newest || (after > 0 && after < events.forgotten())
        ? null
        : after;
  }
}
