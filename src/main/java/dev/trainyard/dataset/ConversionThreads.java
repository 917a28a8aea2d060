package dev.trainyard.dataset;

import dev.trainyard.dataset.convert.AbandonedConversionException;
import dev.trainyard.dataset.convert.ConversionProgress;
import dev.trainyard.dataset.convert.ImageWorkers;
import dev.trainyard.fleet.Membership;
import dev.trainyard.storage.DiskSpace;
import dev.trainyard.telemetry.ServiceMetrics;
import dev.trainyard.telemetry.TrainyardMetric;
import dev.trainyard.telemetry.trace.TraceAttributes;
import dev.trainyard.telemetry.trace.Traceparent;
import io.micrometer.core.instrument.LongTaskTimer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that convert, from their start to their stop. */
final class ConversionThreads implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ConversionThreads.class);
  private static final long POLL_MILLIS = 1000;
  private static final long GRACE_MILLIS = 2000;

  private final ConversionQueue queue;
  private final ConversionAttempts attempts;
  private final ImageWorkers images;
  private final Membership lease;
  private final DiskSpace disk;
  private final ServiceMetrics metrics;
  private final Tracer tracer;
  private final boolean folders;
  private final Map<Dataset, ConversionProgress> running = new ConcurrentHashMap<>();
  private final Semaphore news = new Semaphore(0);
  private final ScheduledExecutorService threads;
  private volatile boolean stopping;

  /**
   * @param images the threads within a conversion; closed with these
   * @param folders whether this worker can read any folder
   * @param count conversions at the same time
   */
  ConversionThreads(
      ConversionQueue queue,
      ConversionAttempts attempts,
      ImageWorkers images,
      Membership lease,
      DiskSpace disk,
      ServiceMetrics metrics,
      Tracer tracer,
      boolean folders,
      int count) {
    this.queue = queue;
    this.attempts = attempts;
    this.images = images;
    this.lease = lease;
    this.disk = disk;
    this.metrics = metrics;
    this.tracer = tracer;
    this.folders = folders;
    this.threads =
        Executors.newScheduledThreadPool(
            count + 1,
            task -> {
              Thread thread = new Thread(task, "conversion");
              thread.setDaemon(true); // close() decides how long they are waited for
              return thread;
            });
    for (int n = 0; n < count; n++) {
      threads.execute(this::work);
    }
    threads.scheduleWithFixedDelay(this::report, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** There is something to convert. */
  void wake() {
    news.release();
  }

  private void work() {
    while (!stopping) {
      try {
        Optional<Dataset> claim = next();
        if (claim.isPresent()) {
          convert(claim.get());
        } else {
          await();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.warn("The datasets that wait could not be looked up: {}", e.toString());
        try {
          await();
        } catch (InterruptedException interrupted) {
          return;
        }
      }
    }
  }

  /**
   * One at a time: what the queue says that this worker has is compared with what it does. A claim
   * whose answer was lost with the database's connection is taken back.
   */
  private synchronized Optional<Dataset> next() {
    if (!lease.holds()) {
      return Optional.empty();
    }
    queue.releaseAllBut(running.keySet(), lease.id());
    Optional<Dataset> claim = disk.isLow() ? Optional.empty() : queue.claim(lease.id(), folders);
    claim.ifPresent(dataset -> running.put(dataset, new ConversionProgress()));
    return claim;
  }

  private void await() throws InterruptedException {
    if (news.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      news.drainPermits();
    }
  }

  /** In the trace of the request that made the dataset. */
  private void convert(Dataset dataset) throws InterruptedException {
    Traceparent request = Objects.requireNonNullElseGet(dataset.trace(), Traceparent::current);
    Span span =
        tracer
            .spanBuilder("convert")
            .setParent(request.context())
            .setAttribute(TraceAttributes.DATASET, dataset.id())
            .setAttribute(TraceAttributes.ATTEMPT, dataset.attempt())
            .startSpan();
    try (Scope scope = span.makeCurrent()) {
      converted(dataset);
    } finally {
      span.end();
    }
  }

  private void converted(Dataset dataset) throws InterruptedException {
    ConversionProgress progress = Objects.requireNonNull(running.get(dataset));
    long start = System.nanoTime();
    LongTaskTimer.Sample active = metrics.active(TrainyardMetric.DATASET_CONVERSION_ACTIVE);
    try {
      boolean ready = attempts.run(dataset, progress, () -> stopping);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      String outcome = ready ? "ready" : "failed";
      metrics.timer(TrainyardMetric.DATASET_CONVERSION, outcome).record(took);
      Span.current().setAttribute(TraceAttributes.OUTCOME, outcome);
      count("converted", progress.imagesKept());
      count("reencoded", progress.imagesReencoded());
      count("quarantined", progress.imagesRefused());
    } catch (AbandonedConversionException e) {
      LOG.info("Dataset {} is not to be converted here any more", dataset.id());
    } catch (Exception e) {
      if (stopping) {
        LOG.info("Dataset {} will be converted at the next start, or elsewhere", dataset.id());
        throw new InterruptedException();
      }
      // It is ours, so nobody else will: once more from the beginning.
      LOG.error("What became of dataset {} could not be recorded", dataset.id(), e);
      giveBack(dataset);
    } finally {
      active.stop();
      running.remove(dataset);
    }
  }

  private void giveBack(Dataset dataset) throws InterruptedException {
    while (true) {
      try {
        queue.release(dataset);
        return;
      } catch (RuntimeException e) {
        LOG.warn("Dataset {} could not be given back: {}", dataset.id(), e.toString());
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    }
  }

  /** What is no longer ours, because it was cancelled for instance, need not be finished. */
  private void report() {
    try {
      running.forEach(
          (dataset, progress) -> {
            if (!queue.progress(dataset, progress)) {
              progress.abandon();
            }
          });
    } catch (RuntimeException e) {
      LOG.debug("Progress could not be told", e);
    }
  }

  private void count(String outcome, long number) {
    metrics.counter(TrainyardMetric.DATASET_IMAGES, outcome).increment(number);
  }

  @Override
  public void close() {
    stopping = true;
    threads.shutdownNow();
    images.close();
    try {
      if (!threads.awaitTermination(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.warn("A conversion has not stopped in time; it will begin anew");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
