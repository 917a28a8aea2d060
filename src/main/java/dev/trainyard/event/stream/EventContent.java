package dev.trainyard.event.stream;

import dev.trainyard.event.Event;
import dev.trainyard.event.EventType;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The events of all or of one job, from a place on. */
final class EventContent implements Content {

  /** Events that are read for one listener at a time. */
  private static final int PAGE = 100;

  private static final int PIECE_BYTES = 1 << 14;

  private final EventFeed feed;
  private final JobWatch job;
  private final Set<EventType> types;
  private final long known;
  private byte @Nullable [] first;
  private long place;
  private boolean ended;

  /**
   * @param first is told before anything else
   * @param place after which it begins
   * @param known that the stream does not end before: the job's state was looked up before it
   */
  EventContent(
      EventFeed feed, JobWatch job, Set<EventType> types, String first, long place, long known) {
    this.feed = feed;
    this.known = known;
    this.job = job;
    this.types = types;
    this.first = ServerSentEvent.bytes(first);
    this.place = place;
  }

  @Override
  public byte @Nullable [] next() {
    byte[] beginning = first;
    if (beginning != null) {
      first = null;
      return beginning;
    }
    Recent recent = feed.recent();
    if (recent == null) {
      return null;
    }
    byte[] piece = place >= recent.from() ? piece(recent.after(place), recent.to()) : older(recent);
    if (piece == null && job.isOver() && !ended && place >= known && place >= recent.to()) {
      ended = true;
      return ServerSentEvent.bytes(ServerSentEvent.text(place, "end", job.end()));
    }
    return piece;
  }

  /** What was before all that is at hand: by pages of the table. */
  private byte @Nullable [] older(Recent recent) {
    while (place < recent.from()) {
      List<Event> page = feed.older(place, recent.from(), job.id(), PAGE);
      byte[] piece = piece(page, page.size() < PAGE ? recent.from() : place);
      if (piece != null) {
        return piece;
      }
    }
    return next();
  }

  /**
   * As much as fits into one piece.
   *
   * @param upTo where all is told once these are
   */
  private byte @Nullable [] piece(List<Event> events, long upTo) {
    ByteArrayOutputStream piece = new ByteArrayOutputStream();
    for (Event event : events) {
      if (piece.size() >= PIECE_BYTES) {
        return piece.toByteArray();
      }
      if (job.concerns(event)) {
        job.hear(event);
        if (types.contains(event.type())) {
          piece.writeBytes(ServerSentEvent.of(event));
        }
      }
      place = Math.max(place, event.place());
    }
    place = Math.max(place, upTo);
    return piece.size() == 0 ? null : piece.toByteArray();
  }

  @Override
  public boolean isOver() {
    return ended;
  }

  @Override
  public byte[] heartbeat() {
    return ServerSentEvent.heartbeat(place);
  }
}
