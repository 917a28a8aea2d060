package dev.trainyard.telemetry.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.IdGenerator;

/**
 * A place in a trace, written as in W3C's header {@code traceparent}: what is done later, or in
 * another process, goes on from it.
 *
 * @param value {@code 00-{trace}-{span}-{flags}}, 55 characters
 */
public record Traceparent(String value) {

  /** Of the span that this thread is in; where there is none, of a new trace. */
  public static Traceparent current() {
    SpanContext here = Span.current().getSpanContext();
    return of(here.isValid() ? here : begun());
  }

  public static Traceparent of(Span span) {
    return of(span.getSpanContext());
  }

  private static Traceparent of(SpanContext place) {
    return new Traceparent(
        "00-%s-%s-%s"
            .formatted(place.getTraceId(), place.getSpanId(), place.getTraceFlags().asHex()));
  }

  private static SpanContext begun() {
    IdGenerator ids = IdGenerator.random();
    return SpanContext.create(
        ids.generateTraceId(),
        ids.generateSpanId(),
        TraceFlags.getSampled(),
        TraceState.getDefault());
  }

  /** 32 hexadecimal digits. */
  public String traceId() {
    return value.substring(3, 35);
  }

  /** With this as the parent of the spans that begin in it. */
  public Context context() {
    SpanContext place =
        SpanContext.createFromRemoteParent(
            traceId(),
            value.substring(36, 52),
            TraceFlags.fromHex(value, 53),
            TraceState.getDefault());
    return Context.root().with(Span.wrap(place));
  }
}
