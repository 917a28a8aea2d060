package dev.trainyard.job.preflight;

import dev.trainyard.dataset.DatasetView;
import dev.trainyard.dataset.ReadyDataset;
import dev.trainyard.job.preflight.Preflight.Result;
import dev.trainyard.spec.CheckpointSpec;
import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.TrainingSpec;
import dev.trainyard.spec.size.StepMemory;
import dev.trainyard.trainer.protocol.PreflightEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Makes the answer of what was measured, of the spec and of the dataset. */
final class Reckoning {

  /** A class with less than this share of the largest one's images is worth a word. */
  private static final double RARE = 0.1;

  /** Of the available memory: what a step leaves beyond is needed by what comes beside it. */
  private static final double TIGHT = 0.9;

  private static final int LARGEST_BATCH = 65_536;

  private final JobSpec spec;
  private final TrainingSpec training;
  private final ReadyDataset dataset;
  private final DatasetView view;
  private final Trace trace;
  private final StepMemory need;
  private final long totalSteps;
  private final List<String> warnings = new ArrayList<>();

  Reckoning(JobSpec spec, ReadyDataset dataset, DatasetView view, Trace trace) {
    this.spec = spec;
    this.training = spec.training();
    this.dataset = dataset;
    this.view = view;
    this.trace = trace;
    this.need = StepMemory.of(spec, dataset.labels().size());
    this.totalSteps = training.totalSteps(dataset.trainExamples());
  }

  /**
   * @param whole whether all of the dataset's files were read
   * @param largestWorker its memory
   * @param freeDisk bytes in the data folder
   * @param minFree bytes below which no job begins
   */
  Preflight preflight(boolean whole, OptionalLong largestWorker, long freeDisk, long minFree) {
    PreflightEvent.Built built = trace.built();
    PreflightEvent.Stepped stepped = trace.stepped();
    if (built != null) {
      warnings.addAll(built.warnings());
    }
    Preflight.Durations durations = durations();
    Preflight.Memory memory = memory(largestWorker);
    Preflight.Disk disk = disk(freeDisk, minFree);
    if (training.earlyStopping() != null) {
      warnings.add("training.earlyStopping may end the job before its estimatedDuration.");
    }
    return new Preflight(
        trial(),
        figures(whole),
        built == null ? need.parameters() : built.parameters(),
        memory,
        stepped == null ? null : stepped.secondsPerStep(),
        stepped == null ? null : training.batchSize() / stepped.secondsPerStep(),
        totalSteps,
        durations == null ? null : durations.sum(),
        durations,
        disk,
        List.copyOf(warnings));
  }

  private Preflight.Trial trial() {
    PreflightEvent.Built built = trace.built();
    PreflightEvent.Stepped stepped = trace.stepped();
    PreflightEvent.Failed failed = trace.failed();
    int steps = stepped == null ? 0 : stepped.steps() + 1;
    String device = built == null ? null : built.device();
    String version = built == null ? null : built.tensorflowVersion();
    if (failed != null) {
      String message = "This machine could not try the step: " + failed.message();
      return new Preflight.Trial(Result.NOT_TRIED, steps, device, version, message);
    }
    if (trace.timedOut()) {
      String message =
          "The time was up (trainyard.preflight.timeout) "
              + (stepped == null ? "during the first steps." : "after the steps.");
      return new Preflight.Trial(Result.TIMED_OUT, steps, device, version, message);
    }
    return new Preflight.Trial(Result.COMPLETE, steps, device, version, null);
  }

  private Preflight.DatasetFigures figures(boolean whole) {
    List<String> about = new ArrayList<>();
    if (!whole) {
      about.add("The time did not suffice to read all of its files; all have their right size.");
    }
    if (dataset.validationExamples() == 0) {
      about.add("It has no validation images, so nothing is evaluated.");
    }
    about.addAll(view.rareClasses(RARE));
    return new Preflight.DatasetFigures(
        dataset.id(),
        dataset.name(),
        dataset.version(),
        dataset.labels().size(),
        dataset.trainExamples(),
        dataset.validationExamples(),
        List.copyOf(about));
  }

  private Preflight.Memory memory(OptionalLong largestWorker) {
    PreflightEvent.Built built = trace.built();
    PreflightEvent.Stepped stepped = trace.stepped();
    PreflightEvent.Exported exported = trace.exported();
    Long peak =
        exported != null && exported.peakBytes() != null
            ? exported.peakBytes()
            : stepped == null ? null : stepped.peakBytes();
    Long available =
        built != null && trace.failed() == null
            ? Long.valueOf(built.availableBytes())
            : largestWorker.isPresent() ? Long.valueOf(largestWorker.getAsLong()) : null;
    if (peak != null && available != null && peak > TIGHT * available) {
      warnings.add(
          "Memory is tight: the job takes %,d of %,d MB. A smaller training.batchSize is safer."
              .formatted(peak >> 20, available >> 20));
    }
    Integer largest =
        stepped != null
            ? Integer.valueOf(stepped.largestBatchSize())
            : available == null ? null : Integer.valueOf(need.largestBatch(available));
    return new Preflight.Memory(
        need.bytes(training.batchSize()),
        peak,
        available,
        largest == null ? null : capped(largest));
  }

  /** By what a spec may say and the dataset can fill. */
  private int capped(int batch) {
    int most = (int) Math.min(LARGEST_BATCH, dataset.trainExamples());
    int capped = Math.min(batch, most);
    return capped - capped % need.divisor();
  }

  private Preflight.@Nullable Durations durations() {
    PreflightEvent.Stepped stepped = trace.stepped();
    PreflightEvent.Saved saved = trace.saved();
    PreflightEvent.Exported exported = trace.exported();
    if (stepped == null || saved == null || exported == null) {
      return null;
    }
    double steps = (totalSteps - 1) * stepped.secondsPerStep();
    if (training.timeLimit() != null) {
      steps = Math.min(steps, training.timeLimit().toMillis() / 1e3);
    }
    double perEvaluation =
        trace.evaluated() == null
            ? 0
            : trace.evaluated().secondsPerBatch() * trace.evaluated().batches();
    long evaluations = times(training.stepsPerEvaluation());
    Long interval = training.checkpoint().steps();
    long checkpoints = interval == null ? evaluations : Math.max(evaluations, times(interval));
    // Training goes on while one is written, and waits only where the next is due before that.
    double between = steps / checkpoints;
    double waited = (checkpoints - 1) * Math.max(0, saved.seconds() - between) + saved.seconds();
    return new Preflight.Durations(
        of(stepped.startSeconds()),
        of(steps),
        of(evaluations * perEvaluation),
        of(waited),
        of(exported.seconds()));
  }

  /** How often something happens that happens every so many steps, and at the end. */
  private long times(long every) {
    return (totalSteps + every - 1) / every;
  }

  private static Duration of(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1e3));
  }

  private Preflight.Disk disk(long free, long minFree) {
    PreflightEvent.Saved saved = trace.saved();
    PreflightEvent.Exported exported = trace.exported();
    CheckpointSpec kept = training.checkpoint();
    long checkpoint = saved == null ? need.checkpointBytes() : saved.bytes();
    long keep = kept.keepLast() + (kept.keepBest() == null ? 0 : 1);
    long keptBytes = (keep + 1) * checkpoint; // the oldest goes when the newest is whole
    long model = exported == null ? need.parameters() * Float.BYTES : exported.bytes();
    long total = keptBytes + model;
    if (total > free - minFree) {
      warnings.add(
          "The disk may get full: the job writes up to %,d MB, and %,d MB are free, of which %,d MB stay free (trainyard.min-free-space)."
              .formatted(total >> 20, free >> 20, minFree >> 20));
    }
    return new Preflight.Disk(checkpoint, keptBytes, model, total, free);
  }
}
