package dev.trainyard.trainer.loop;

import dev.trainyard.trainer.protocol.TrainerEvent.Progress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Adds up steps between reports. The rate is that of about the last ten seconds of training, so a
 * slow first step, an evaluation or a checkpoint does not weigh on it.
 */
final class ProgressMeter {

  private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final long totalSteps;
  private final int batchSize;
  private final Deque<Mark> marks = new ArrayDeque<>();
  private BatchScore sinceReport = BatchScore.NONE;
  private long trainingNanos;
  private long reportedNanos;
  private boolean reported;

  ProgressMeter(long totalSteps, int batchSize) {
    this.totalSteps = totalSteps;
    this.batchSize = batchSize;
  }

  /**
   * Counts a step.
   *
   * @return whether a report is due: after the first step, then once a second
   */
  boolean add(BatchScore score, long nanos) {
    sinceReport = sinceReport.plus(score);
    trainingNanos += nanos;
    return !reported || trainingNanos - reportedNanos >= REPORT_NANOS;
  }

  /** Whether there are steps that no report has told of. */
  boolean hasNews() {
    return sinceReport.examples() > 0;
  }

  /**
   * The report on the steps since the last one.
   *
   * @param step the newest of them
   * @param learningRate of the newest
   */
  Progress report(long step, double learningRate) {
    Double rate = rate(step);
    Progress progress =
        new Progress(
            step,
            sinceReport.loss(),
            sinceReport.accuracy(),
            learningRate,
            rate != null ? rate : batchSize * perSecond(1, trainingNanos),
            rate != null ? (totalSteps - step) * batchSize / rate : null);
    marks.addLast(new Mark(step, trainingNanos));
    while (marks.size() > 2 && trainingNanos - marks.getFirst().nanos() > WINDOW_NANOS) {
      marks.removeFirst();
    }
    sinceReport = BatchScore.NONE;
    reportedNanos = trainingNanos;
    reported = true;
    return progress;
  }

  /** Examples a second; null after the first step, which compiles too. */
  private @Nullable Double rate(long step) {
    Mark first = marks.peekFirst();
    return first == null
        ? null
        : batchSize * perSecond(step - first.step(), trainingNanos - first.nanos());
  }

  private static double perSecond(long steps, long nanos) {
    return steps * 1e9 / Math.max(nanos, 1);
  }

  private record Mark(long step, long nanos) {}
}
