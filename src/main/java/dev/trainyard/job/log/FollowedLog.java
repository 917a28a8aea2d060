package dev.trainyard.job.log;

import dev.trainyard.event.stream.Content;
import dev.trainyard.event.stream.ServerSentEvent;
import dev.trainyard.job.log.LogBlock.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A log while it is written, until its job has ended. */
public final class FollowedLog implements Content {

  private final LogReader log;
  private final LogFilter filter;
  private final Content job;
  private final boolean events;
  private long offset;
  private boolean started;
  private boolean ended;

  /**
   * @param from the offset where it begins
   * @param job whose end is the log's
   * @param events whether each line is an event, or a line
   */
  public FollowedLog(LogReader log, LogFilter filter, long from, Content job, boolean events) {
    this.log = log;
    this.filter = filter;
    this.offset = from;
    this.job = job;
    this.events = events;
  }

  @Override
  public byte @Nullable [] next() throws IOException {
    if (events && !started) {
      started = true;
      return ServerSentEvent.bytes(ServerSentEvent.start(offset));
    }
    boolean over = isJobOver(); // before the file is read: what was said until then is in it
    while (!ended) {
      LogBlock block = LogBlock.read(log.file(), offset, over);
      offset = block.end();
      if (block.lines().isEmpty()) {
        if (!over) {
          return null;
        }
        ended = true;
        return events ? ServerSentEvent.bytes(ServerSentEvent.text(offset, "end", Map.of())) : null;
      }
      byte[] piece = piece(block);
      if (piece.length > 0) {
        return piece;
      }
    }
    return null;
  }

  private boolean isJobOver() throws IOException {
    while (job.next() != null) {
      // only its end is of interest
    }
    return job.isOver();
  }

  private byte[] piece(LogBlock block) {
    StringBuilder text = new StringBuilder();
    for (Line line : block.lines()) {
      if (filter.wants(line.text())) {
        text.append(events ? event(line) : line.text() + (line.whole() ? "\n" : ""));
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String event(Line line) {
    LogSource source = LogSource.of(line.text());
    return ServerSentEvent.text(
        line.end(), "line", Map.of("source", source.wireName(), "text", line.text()));
  }

  @Override
  public boolean isOver() {
    return ended;
  }

  @Override
  public byte @Nullable [] heartbeat() {
    return events ? ServerSentEvent.heartbeat(offset) : null;
  }
}
