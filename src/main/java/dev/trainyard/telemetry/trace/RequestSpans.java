package dev.trainyard.telemetry.trace;

import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/** Makes a span of each request, which says what was asked before {@link RequestSampler} looks. */
class RequestSpans extends PropagatingReceiverTracingObservationHandler<ReceiverContext<?>> {

  RequestSpans(Tracer tracer, Propagator propagator) {
    super(tracer, propagator);
  }

  @Override
  public Span.Builder customizeExtractedSpan(ReceiverContext<?> context, Span.Builder span) {
    return context instanceof ServerRequestObservationContext http && http.getCarrier() != null
        ? span.tag(RequestSampler.METHOD.getKey(), http.getCarrier().getMethod())
            .tag(RequestSampler.PATH.getKey(), http.getCarrier().getRequestURI())
        : span;
  }
}
