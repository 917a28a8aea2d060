package dev.trainyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.job.ClaimedJob;
import dev.trainyard.spec.CnnSpec;
import dev.trainyard.spec.JobSpec;
import dev.trainyard.telemetry.trace.TraceAttributes;
import dev.trainyard.telemetry.trace.Traceparent;
import dev.trainyard.trainer.protocol.FailureReason;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainerPhase;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AttemptTraceTest {

  private static final Instant BEGIN = Instant.parse("2026-11-23T10:00:00Z");
  private static final Traceparent SUBMISSION =
      new Traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

  private final Received received = new Received();

  /** Long after all that the trainer reports. */
  private final Clock late = Clock.fixed(at(3600), ZoneOffset.UTC);

  @Test
  void spans_have_the_trainers_times_however_late_its_reports_are_heard() {
    try (AttemptTrace trace = trace(SUBMISSION)) {
      trace.heard(new TrainerEvent.Entered(TrainerPhase.COMPILING, at(11)));
      trace.heard(new TrainerEvent.Entered(TrainerPhase.TRAINING, at(12)));
      trace.heard(new TrainerEvent.Entered(TrainerPhase.EVALUATING, at(20)));
      trace.heard(new TrainerEvent.Checkpoint(50, 1000, 1.5, at(21)));
      trace.heard(new TrainerEvent.Entered(TrainerPhase.TRAINING, at(22)));
      trace.heard(new TrainerEvent.Entered(TrainerPhase.EXPORTING, at(30)));
      trace.heard(new TrainerEvent.Exported(50, 7, Map.of(), at(33)));
    }
    assertThat(received.spans)
        .extracting(span -> span.getName() + " " + seconds(span.getStartEpochNanos(), span))
        .containsExactly(
            "queue 0.0-10.0",
            "compile 11.0-12.0",
            "checkpoint 19.5-21.0",
            "evaluate 20.0-22.0",
            "train 12.0-30.0",
            "export 30.0-33.0",
            "attempt 10.0-3600.0");
    assertThat(received.spans).extracting(SpanData::getTraceId).containsOnly(SUBMISSION.traceId());
  }

  @Test
  void a_trace_that_is_not_recorded_has_no_spans() {
    try (AttemptTrace trace = trace(new Traceparent(SUBMISSION.value().replace("-01", "-00")))) {
      trace.heard(new TrainerEvent.Entered(TrainerPhase.TRAINING, at(12)));
      assertThat(trace.traceparent().traceId()).isEqualTo(SUBMISSION.traceId());
    }
    assertThat(received.spans).isEmpty();
  }

  @Test
  void an_attempt_that_fails_is_an_error_with_the_reason() {
    try (AttemptTrace trace = trace(SUBMISSION)) {
      trace.heard(new TrainerEvent.Failed(FailureReason.DATA_ERROR, "shard 3 is damaged"));
      trace.over("failed", true);
    }
    assertThat(received.spans)
        .last()
        .extracting(SpanData::getStatus)
        .isEqualTo(StatusData.create(StatusCode.ERROR, "DATA_ERROR: shard 3 is damaged"));
  }

  @Test
  void a_million_evaluations_do_not_drown_a_trace() {
    try (AttemptTrace trace = trace(SUBMISSION)) {
      trace.heard(new TrainerEvent.Entered(TrainerPhase.TRAINING, at(12)));
      for (int n = 0; n < AttemptTrace.MOST_PARTS + 3; n++) {
        trace.heard(new TrainerEvent.Entered(TrainerPhase.EVALUATING, at(13 + n)));
      }
    }
    assertThat(received.spans)
        .filteredOn(span -> span.getName().equals("evaluate"))
        .hasSize(AttemptTrace.MOST_PARTS);
    SpanData attempt = received.spans.get(received.spans.size() - 1);
    assertThat(attempt.getAttributes().get(TraceAttributes.LEFT_OUT)).isEqualTo(3);
  }

  private AttemptTrace trace(Traceparent submission) {
    JobSpec spec =
        new JobSpec("j", "flowers", CnnSpec.article(false), null, null, null, null, null);
    ClaimedJob.Wait wait = new ClaimedJob.Wait(submission, BEGIN, at(10));
    return new AttemptTrace(
        SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(received))
            .build()
            .get("test"),
        late,
        new ClaimedJob("1", 1, spec, "d", null, null, wait),
        "worker-1");
  }

  private static Instant at(int seconds) {
    return BEGIN.plus(Duration.ofSeconds(seconds));
  }

  private static String seconds(long start, SpanData span) {
    long origin = TimeUnit.SECONDS.toNanos(BEGIN.getEpochSecond());
    return (start - origin) / 1e9 + "-" + (span.getEndEpochNanos() - origin) / 1e9;
  }

  /** In the order of their end. */
  private static final class Received implements SpanExporter {

    private final List<SpanData> spans = new ArrayList<>();

    @Override
    public CompletableResultCode export(Collection<SpanData> ended) {
      spans.addAll(ended);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
