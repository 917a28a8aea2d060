package dev.trainyard.worker;

import dev.trainyard.job.ClaimedJob;
import dev.trainyard.telemetry.ServiceMetrics;
import dev.trainyard.telemetry.TrainyardMetric;
import dev.trainyard.trainer.protocol.TrainerEvent;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** What an attempt adds to the service's metrics, tagged by what kind of job it is. */
final class AttemptMetrics {

  private final ServiceMetrics metrics;
  private final String model;
  private final String accelerator;
  private final int batchSize;
  private final long begin = System.nanoTime();
  private final LongTaskTimer.Sample active;
  private long ended;

  AttemptMetrics(ServiceMetrics metrics, ClaimedJob job) {
    this.metrics = metrics;
    this.model = job.spec().model().type();
    this.accelerator = job.spec().accelerator().type().name();
    this.batchSize = job.spec().training().batchSize();
    this.active = metrics.active(TrainyardMetric.JOBS_ACTIVE, model);
  }

  /**
   * @param steps since the last report; 0 when it is said again
   */
  void stepped(TrainerEvent.Progress progress, long steps) {
    metrics.counter(TrainyardMetric.TRAINING_STEPS, model, accelerator).increment(steps);
    if (progress.examplesPerSecond() > 0) {
      Timer timer = metrics.timer(TrainyardMetric.TRAINING_STEP_TIME, model, accelerator);
      Duration each = Duration.ofNanos(Math.round(batchSize / progress.examplesPerSecond() * 1e9));
      for (long step = 0; step < steps; step++) {
        timer.record(each);
      }
    }
  }

  void saved(TrainerEvent.Checkpoint checkpoint) {
    metrics.timer(TrainyardMetric.CHECKPOINT_TIME, model).record(seconds(checkpoint.seconds()));
    metrics.summary(TrainyardMetric.CHECKPOINT_SIZE, model).record(checkpoint.bytes());
  }

  void ended() {
    ended = System.nanoTime();
  }

  void exported() {
    metrics
        .timer(TrainyardMetric.EXPORT_TIME, model)
        .record(Duration.ofNanos(System.nanoTime() - (ended == 0 ? begin : ended)));
  }

  /**
   * @param outcome one of a few
   */
  void over(String outcome) {
    active.stop();
    metrics
        .timer(TrainyardMetric.JOB_RUN_TIME, model, outcome)
        .record(Duration.ofNanos(System.nanoTime() - begin));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }
}
