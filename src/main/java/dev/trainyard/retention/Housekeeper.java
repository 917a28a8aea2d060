package dev.trainyard.retention;

import dev.trainyard.storage.Storage;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Has everything tidied up, at the start and then again and again, in the background. */
@Component
class Housekeeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);

  private final ObjectProvider<Chore> chores;
  private final Storage storage;
  private final RetentionProperties properties;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "housekeeper");
            thread.setDaemon(true);
            return thread;
          });

  Housekeeper(ObjectProvider<Chore> chores, Storage storage, RetentionProperties properties) {
    this.chores = chores;
    this.storage = storage;
    this.properties = properties;
  }

  @EventListener(ApplicationReadyEvent.class)
  void start() {
    long pause = properties.interval().toMillis();
    timer.scheduleWithFixedDelay(this::tidy, 0, pause, TimeUnit.MILLISECONDS);
  }

  private void tidy() {
    attempt(storage::clearAway);
    chores.forEach(this::attempt);
  }

  private void attempt(Chore chore) {
    try {
      chore.tidy();
    } catch (IOException | RuntimeException e) {
      LOG.warn("Something could not be tidied up; it is tried again: {}", e.toString());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
