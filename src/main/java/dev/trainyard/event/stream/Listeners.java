package dev.trainyard.event.stream;

import dev.trainyard.event.EventProperties;
import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.security.Caller;
import dev.trainyard.telemetry.ServiceMetrics;
import dev.trainyard.telemetry.TrainyardMetric;
import jakarta.annotation.PreDestroy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** All clients that listen to this process, to whatever. */
@Component
@ConditionalOnRole(Role.API)
public class Listeners {

  /** They read files and the database for listeners that are behind; nothing they do waits long. */
  private static final int THREADS = 2;

  private final Seats seats;
  private final Duration heartbeat;
  private final Set<Listener> present = ConcurrentHashMap.newKeySet();
  private final ExecutorService turns =
      Executors.newFixedThreadPool(
          THREADS,
          task -> {
            Thread thread = new Thread(task, "listeners");
            thread.setDaemon(true);
            return thread;
          });

  Listeners(EventProperties properties, ServiceMetrics metrics) {
    this.seats = new Seats(properties.listeners(), properties.listenersPerCaller());
    this.heartbeat = properties.heartbeat();
    metrics.gauge(TrainyardMetric.EVENT_LISTENERS, present::size);
  }

  /**
   * Answers with a stream that ends when its content does.
   *
   * @throws ProblemException TOO_MANY_REQUESTS
   */
  public void open(
      Content content, MediaType type, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean head = HttpMethod.HEAD.matches(request.getMethod());
    String who = Objects.requireNonNullElse(Caller.current(), Caller.ANYBODY).identity();
    if (!head) {
      seats.take(who);
    }
    response.setContentType(type.toString());
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader("X-Accel-Buffering", "no"); // or nginx would hold it back
    if (head) {
      return;
    }
    Listener listener =
        new Listener(
            request.startAsync(request, response),
            response.getOutputStream(),
            content,
            heartbeat,
            turns,
            left -> leave(left, who));
    present.add(listener);
    listener.start();
  }

  private void leave(Listener listener, String who) {
    if (present.remove(listener)) {
      seats.free(who);
    }
  }

  boolean isEmpty() {
    return present.isEmpty();
  }

  /** There may be news for anybody. */
  void tell() {
    present.forEach(Listener::tell);
  }

  /** Lets all go before anything else is stopped, so that nobody has to wait for their end. */
  @EventListener(ContextClosedEvent.class)
  void close() {
    seats.close();
    present.forEach(Listener::leave);
  }

  @PreDestroy
  void end() {
    turns.shutdownNow();
  }
}
