package dev.trainyard.telemetry.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;
import java.util.Set;

/**
 * Chooses among traces that begin here. Jobs and datasets are few and take long, so whatever makes
 * or changes one is recorded; of polling and of predictions there are many.
 *
 * @param others decides on all other requests
 */
record RequestSampler(Sampler others) implements Sampler {

  /** OpenTelemetry's names. */
  static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");

  static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  @Override
  public SamplingResult shouldSample(
      Context parent,
      String traceId,
      String name,
      SpanKind kind,
      Attributes attributes,
      List<LinkData> links) {
    String path = attributes.get(PATH);
    if (path == null || path.startsWith("/actuator")) {
      return SamplingResult.drop();
    }
    boolean work = path.startsWith("/api/v1/jobs") || path.startsWith("/api/v1/datasets");
    return work && !READING.contains(String.valueOf(attributes.get(METHOD)))
        ? SamplingResult.recordAndSample()
        : others.shouldSample(parent, traceId, name, kind, attributes, links);
  }

  @Override
  public String getDescription() {
    return "RequestSampler{" + others.getDescription() + "}";
  }
}
