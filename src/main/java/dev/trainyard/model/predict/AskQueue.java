package dev.trainyard.model.predict;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What waits for one model, in the order of arrival. Whoever is next takes along those behind it
 * that can be asked together with it, up to a number of rows.
 */
final class AskQueue {

  private static final int RETRY_SECONDS = 1;

  private final int capacity;
  private final int batchSize;
  private final Duration delay;
  private final Deque<Ask> waiting = new ArrayDeque<>();
  private int instances;
  private boolean closed;

  AskQueue(ModelProperties properties) {
    this.capacity = properties.maxQueuedInstances();
    this.batchSize = properties.maxBatchSize();
    this.delay = properties.batchDelay();
  }

  /**
   * @throws ProblemException TOO_MANY_REQUESTS when there is no room
   */
  synchronized void add(Ask ask) {
    removeThoseThatAreOver();
    if (!waiting.isEmpty() && instances + ask.weight() > capacity) {
      throw new ProblemException(
              Problem.TOO_MANY_REQUESTS,
              "%d instances wait for this model already (trainyard.model.max-queued-instances: %d)."
                  .formatted(instances, capacity))
          .retryAfter(RETRY_SECONDS);
    }
    waiting.addLast(ask);
    instances += ask.weight();
    notifyAll();
  }

  /** Those that were taken go back to where they were. */
  synchronized void putBack(List<Ask> asks) {
    if (closed) {
      new Batch(asks).fail(Predictors.stopping());
      return;
    }
    for (int i = asks.size() - 1; i >= 0; i--) {
      waiting.addFirst(asks.get(i));
      instances += asks.get(i).weight();
    }
    notifyAll();
  }

  /** Waits for the next ones; none once it is closed. */
  synchronized List<Ask> take() throws InterruptedException {
    while (!closed) {
      removeThoseThatAreOver();
      Ask first = waiting.peekFirst();
      if (first == null) {
        wait();
        continue;
      }
      List<Ask> together = together(first);
      long patience = first.arrived() + delay.toNanos() - System.nanoTime();
      if (patience > 0 && first.question().rows() > 0 && !first.isAlone() && !isFull(together)) {
        TimeUnit.NANOSECONDS.timedWait(this, patience);
        continue;
      }
      together.forEach(this::remove);
      return together;
    }
    return List.of();
  }

  synchronized int instances() {
    return instances;
  }

  /** Wakes whoever waits, and gives back what was waiting. */
  synchronized List<Ask> close() {
    closed = true;
    List<Ask> left = List.copyOf(waiting);
    waiting.clear();
    instances = 0;
    notifyAll();
    return left;
  }

  private List<Ask> together(Ask first) {
    List<Ask> together = new ArrayList<>();
    int rows = 0;
    for (Ask ask : waiting) {
      boolean fits =
          ask == first
              || (!ask.isAlone() && !first.isAlone() && first.question().goesWith(ask.question()));
      if (fits && ask != first && rows + ask.weight() > batchSize) {
        break; // those behind it wait too: nobody is overtaken by his like
      }
      if (fits) {
        together.add(ask);
        rows += ask.weight();
      }
    }
    return together;
  }

  private boolean isFull(List<Ask> asks) {
    return asks.stream().mapToInt(Ask::weight).sum() >= batchSize;
  }

  private void remove(Ask ask) {
    waiting.remove(ask);
    instances -= ask.weight();
  }

  private void removeThoseThatAreOver() {
    for (Iterator<Ask> all = waiting.iterator(); all.hasNext(); ) {
      Ask ask = all.next();
      if (ask.isOver()) {
        all.remove();
        instances -= ask.weight();
      }
    }
  }
}
