package dev.trainyard.web.polling;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.async.DeferredResult;

/** The requests that wait for resources of one kind. */
public final class WaitingRoom<V> {

  private static final Logger LOG = LoggerFactory.getLogger(WaitingRoom.class);

  private final Waits waits;
  private final Function<Collection<String>, List<V>> look;
  private final Function<V, String> id;
  private final Predicate<V> ended;
  private final Set<Waiter<V>> waiters = ConcurrentHashMap.newKeySet();
  private final Set<String> changed = ConcurrentHashMap.newKeySet();

  WaitingRoom(
      Waits waits,
      Function<Collection<String>, List<V>> look,
      Function<V, String> id,
      Predicate<V> ended) {
    this.waits = waits;
    this.look = look;
    this.id = id;
    this.ended = ended;
  }

  /**
   * Answers at once what has come to its end, is not what the client has, or is not to be waited
   * for; all else when that has changed, or the time is up.
   *
   * @param now the resource as it is
   */
  public DeferredResult<ResponseEntity<V>> answer(V now, WaitPreference preference) {
    Duration wait = preference.patience();
    if (wait == null) {
      return Waiter.answered(now, null);
    }
    if (wait.isZero() || isNews(now, preference)) {
      return Waiter.answered(now, preference);
    }
    if (!waits.takeSeat()) {
      return Waiter.answered(now, null);
    }
    Waiter<V> waiter = new Waiter<>(id.apply(now), preference, wait);
    waiter.result().onCompletion(() -> leave(waiter));
    waiters.add(waiter);
    waiter.wakeBy(waits.later(() -> changed(waiter.id()), wait));
    changed(waiter.id()); // it may have, since it was read
    return waiter.result();
  }

  /** Looks soon, if anybody waits for it. */
  public void changed(String resource) {
    if (waiters.stream().anyMatch(waiter -> waiter.id().equals(resource))
        && changed.add(resource)) {
      waits.later(this::lookAtChanged, Duration.ZERO);
    }
  }

  private void leave(Waiter<V> waiter) {
    if (waiters.remove(waiter)) {
      waiter.sleepOn();
      waits.leaveSeat();
    }
  }

  private void lookAtChanged() {
    Set<String> ids = Set.copyOf(changed);
    changed.removeAll(ids);
    lookAt(ids);
  }

  void lookAtAll() {
    lookAt(waiters.stream().map(Waiter::id).collect(Collectors.toUnmodifiableSet()));
  }

  private void lookAt(Set<String> ids) {
    if (ids.isEmpty()) {
      return;
    }
    try {
      Map<String, V> found =
          look.apply(ids).stream().collect(Collectors.toMap(id, Function.identity()));
      waiters.stream()
          .filter(waiter -> ids.contains(waiter.id()))
          .forEach(waiter -> tell(waiter, found.get(waiter.id())));
    } catch (RuntimeException e) {
      LOG.warn("{} requests wait in vain for now: {}", waiters.size(), e.toString());
      waiters.stream()
          .filter(this::mayWaitNoLonger)
          .forEach(waiter -> waiter.result().setErrorResult(e));
    }
  }

  private void tell(Waiter<V> waiter, @Nullable V now) {
    if (now == null) {
      waiter
          .result()
          .setErrorResult(
              new ProblemException(Problem.NOT_FOUND, "It was deleted while the request waited."));
    } else if (mayWaitNoLonger(waiter) || isNews(now, waiter.preference())) {
      waiter.answer(now);
    }
  }

  private boolean mayWaitNoLonger(Waiter<V> waiter) {
    return waits.isClosing() || waiter.isTimeUp();
  }

  private boolean isNews(V now, WaitPreference preference) {
    List<String> has = preference.ifNoneMatch();
    return ended.test(now) || !has.isEmpty() && !EntityTags.known(has, waits.tags().of(now));
  }
}
