package dev.trainyard.web.polling;

import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.async.DeferredResult;

/** One request that waits. */
final class Waiter<V> {

  /** The container's own limit, which only counts when nobody looks any more. */
  private static final Duration SLACK = Duration.ofSeconds(30);

  private final String id;
  private final WaitPreference preference;
  private final long deadline;
  private final DeferredResult<ResponseEntity<V>> result;
  private volatile @Nullable Future<?> alarm;

  Waiter(String id, WaitPreference preference, Duration wait) {
    this.id = id;
    this.preference = preference;
    this.deadline = System.nanoTime() + wait.toNanos();
    this.result = new DeferredResult<>(wait.plus(SLACK).toMillis());
  }

  /**
   * The answer to one that need not wait.
   *
   * @param applied null when its preference was not met
   */
  static <V> DeferredResult<ResponseEntity<V>> answered(V now, @Nullable WaitPreference applied) {
    DeferredResult<ResponseEntity<V>> result = new DeferredResult<>();
    result.setResult(entity(now, applied));
    return result;
  }

  /** For as long as this has not answered. */
  void wakeBy(Future<?> timer) {
    this.alarm = timer;
  }

  /** It has been answered, or its client is gone. */
  void sleepOn() {
    Future<?> timer = alarm;
    if (timer != null) {
      timer.cancel(false);
    }
  }

  void answer(V now) {
    result.setResult(entity(now, preference));
  }

  boolean isTimeUp() {
    return System.nanoTime() - deadline >= 0;
  }

  String id() {
    return id;
  }

  WaitPreference preference() {
    return preference;
  }

  DeferredResult<ResponseEntity<V>> result() {
    return result;
  }

  private static <V> ResponseEntity<V> entity(V now, @Nullable WaitPreference applied) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.ok().varyBy(WaitPreference.PREFER);
    return (applied == null ? answer : answer.header(WaitPreference.APPLIED, applied.applied()))
        .body(now);
  }
}
