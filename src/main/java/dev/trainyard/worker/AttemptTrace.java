package dev.trainyard.worker;

import static dev.trainyard.telemetry.trace.TraceAttributes.ATTEMPT;
import static dev.trainyard.telemetry.trace.TraceAttributes.BYTES;
import static dev.trainyard.telemetry.trace.TraceAttributes.JOB;
import static dev.trainyard.telemetry.trace.TraceAttributes.LEFT_OUT;
import static dev.trainyard.telemetry.trace.TraceAttributes.MODEL_TYPE;
import static dev.trainyard.telemetry.trace.TraceAttributes.OUTCOME;
import static dev.trainyard.telemetry.trace.TraceAttributes.STEP;
import static dev.trainyard.telemetry.trace.TraceAttributes.WORKER;

import dev.trainyard.job.ClaimedJob;
import dev.trainyard.telemetry.trace.Traceparent;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainerPhase;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The spans of one attempt, in the trace of its job. The trainer knows no tracing: its phases
 * become spans here, with the times that it reports.
 */
final class AttemptTrace implements AutoCloseable {

  /** Evaluations and checkpoints that are shown: what shows a trace has to hold it. */
  static final int MOST_PARTS = 1000;

  private final Tracer tracer;
  private final Clock clock;
  private final Span attempt;
  private final Context context;
  private final Scope scope;

  private Span training = Span.getInvalid();
  private Span phase = Span.getInvalid();
  private long step;
  private int parts;
  private String why = "";

  /** The wait in the queue is over, and this thread works on the attempt until it is closed. */
  AttemptTrace(Tracer tracer, Clock clock, ClaimedJob job, String worker) {
    this.tracer = tracer;
    this.clock = clock;
    Traceparent submission =
        Objects.requireNonNullElseGet(job.waited().trace(), Traceparent::current);
    Context parent = submission.context();
    begin("queue", parent, job.waited().from())
        .setAttribute(JOB, job.id())
        .setAttribute(ATTEMPT, job.attempt())
        .end(job.waited().until());
    this.attempt =
        begin("attempt", parent, job.waited().until())
            .setAttribute(JOB, job.id())
            .setAttribute(ATTEMPT, job.attempt())
            .setAttribute(WORKER, worker)
            .setAttribute(MODEL_TYPE, job.spec().model().type());
    this.context = parent.with(attempt);
    this.scope = context.makeCurrent();
  }

  private Span begin(String name, Context parent, Instant time) {
    return tracer.spanBuilder(name).setParent(parent).setStartTimestamp(time).startSpan();
  }

  /** What the trainer is told. */
  Traceparent traceparent() {
    return Traceparent.of(attempt);
  }

  /** The same, done in the attempt's name by another thread. */
  Runnable in(Runnable action) {
    return context.wrap(action);
  }

  /** Something other than the trainer's phases begins; it ends with the next, or by itself. */
  Part part(String name) {
    phase.end(clock.instant());
    phase = begin(name, context, clock.instant());
    return phase::end;
  }

  void heard(TrainerEvent event) {
    if (event instanceof TrainerEvent.Started started) {
      step = started.step();
      attempt.setAttribute(STEP, started.step());
    } else if (event instanceof TrainerEvent.Entered entered) {
      enter(entered.phase(), entered.time());
    } else if (event instanceof TrainerEvent.Progress progress) {
      step = progress.step();
    } else if (event instanceof TrainerEvent.Evaluation evaluation) {
      phase.setAttribute(STEP, evaluation.step());
    } else if (event instanceof TrainerEvent.Checkpoint saved) {
      checkpoint(saved);
    } else if (event instanceof TrainerEvent.Exported exported) {
      phase.setAttribute(STEP, exported.step());
      phase.end(exported.time());
    } else if (event instanceof TrainerEvent.Failed failed) {
      why = failed.reason() + ": " + failed.message();
    }
  }

  private void enter(TrainerPhase next, Instant time) {
    phase.end(time);
    phase =
        switch (next) {
          case COMPILING -> begin("compile", context, time);
          case TRAINING -> {
            if (!training.getSpanContext().isValid()) {
              training = begin("train", context, time);
            }
            yield Span.getInvalid();
          }
          case EVALUATING -> inTraining("evaluate", time);
          case CHECKPOINTING -> inTraining("wait for checkpoint", time);
          case EXPORTING -> {
            endTraining(time);
            yield begin("export", context, time);
          }
        };
  }

  /** A part of the training, if that has begun. */
  private Span inTraining(String name, Instant time) {
    if (++parts > MOST_PARTS) {
      return Span.getInvalid();
    }
    boolean trains = training.getSpanContext().isValid();
    return begin(name, trains ? context.with(training) : context, time);
  }

  /** Written while training goes on. */
  private void checkpoint(TrainerEvent.Checkpoint saved) {
    Duration took = Duration.ofNanos(Math.round(saved.seconds() * 1e9));
    inTraining("checkpoint", saved.time().minus(took))
        .setAttribute(STEP, saved.step())
        .setAttribute(BYTES, saved.bytes())
        .end(saved.time());
  }

  private void endTraining(Instant time) {
    training.setAttribute(STEP, step).end(time);
  }

  /**
   * @param outcome one of a few
   */
  void over(String outcome, boolean failed) {
    attempt.setAttribute(OUTCOME, outcome);
    if (failed) {
      attempt.setStatus(StatusCode.ERROR, why);
    }
  }

  @Override
  public void close() {
    Instant now = clock.instant();
    phase.end(now);
    endTraining(now);
    if (parts > MOST_PARTS) {
      attempt.setAttribute(LEFT_OUT, parts - MOST_PARTS);
    }
    attempt.end(now);
    scope.close();
  }

  /** Ends when it is closed. */
  interface Part extends AutoCloseable {
    @Override
    void close();
  }
}
