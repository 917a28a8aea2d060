package dev.trainyard.telemetry.trace;

import io.opentelemetry.api.common.AttributeKey;

/**
 * What spans say of the work that they are a part of. Never tags of metrics: their values are many.
 */
public final class TraceAttributes {

  public static final AttributeKey<String> JOB = AttributeKey.stringKey("trainyard.job.id");
  public static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("trainyard.attempt");
  public static final AttributeKey<String> WORKER = AttributeKey.stringKey("trainyard.worker");
  public static final AttributeKey<String> DATASET = AttributeKey.stringKey("trainyard.dataset.id");
  public static final AttributeKey<String> MODEL_TYPE =
      AttributeKey.stringKey("trainyard.model.type");
  public static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("trainyard.outcome");
  public static final AttributeKey<Long> STEP = AttributeKey.longKey("trainyard.step");
  public static final AttributeKey<Long> BYTES = AttributeKey.longKey("trainyard.bytes");
  public static final AttributeKey<Long> LEFT_OUT =
      AttributeKey.longKey("trainyard.spans.left.out");

  private TraceAttributes() {}
}
