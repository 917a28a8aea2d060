package dev.trainyard.telemetry.trace;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.TracingProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** What Spring Boot's tracing does differently here. */
@Configuration(proxyBeanMethods = false)
class TracingConfiguration {

  @Bean
  @Order(MicrometerTracingAutoConfiguration.RECEIVER_TRACING_OBSERVATION_HANDLER_ORDER)
  RequestSpans requestSpans(Tracer tracer, Propagator propagator) {
    return new RequestSpans(tracer, propagator);
  }

  /** Whoever sends a traceparent has decided already. */
  @Bean
  Sampler requestSampler(TracingProperties properties, ObjectProvider<SpanExporter> exporters) {
    boolean nobodyWaits = exporters.stream().findAny().isEmpty();
    return Sampler.parentBased(
        new RequestSampler(
            nobodyWaits
                ? Sampler.alwaysOff()
                : Sampler.traceIdRatioBased(properties.getSampling().getProbability())));
  }
}
