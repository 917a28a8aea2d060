package dev.trainyard.telemetry.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestSamplerTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @ParameterizedTest
  @CsvSource({
    "POST, /api/v1/jobs, true",
    "POST, /api/v1/jobs/1/retry, true",
    "POST, /api/v1/datasets, true",
    "DELETE, /api/v1/datasets/1, true",
    "GET, /api/v1/jobs/1, false",
    "HEAD, /api/v1/jobs/1, false",
    "POST, /v1/models/flowers:predict, false",
    "POST, /v2/models/flowers/infer, false"
  })
  void work_is_always_recorded_and_the_rest_as_others_say(
      String method, String path, boolean always) {
    Attributes request = Attributes.of(RequestSampler.METHOD, method, RequestSampler.PATH, path);
    assertThat(isRecorded(Sampler.alwaysOff(), request)).isEqualTo(always);
    assertThat(isRecorded(Sampler.alwaysOn(), request)).isTrue();
  }

  @Test
  void scrapes_and_what_nobody_has_asked_for_are_never_recorded() {
    Attributes scrape =
        Attributes.of(RequestSampler.METHOD, "GET", RequestSampler.PATH, "/actuator/prometheus");
    assertThat(isRecorded(Sampler.alwaysOn(), scrape)).isFalse();
    assertThat(isRecorded(Sampler.alwaysOn(), Attributes.empty())).isFalse();
  }

  private static boolean isRecorded(Sampler others, Attributes request) {
    return new RequestSampler(others)
        .shouldSample(Context.root(), TRACE, "http", SpanKind.SERVER, request, List.of())
        .getDecision()
        .equals(SamplingDecision.RECORD_AND_SAMPLE);
  }
}
