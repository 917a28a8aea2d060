package dev.trainyard.web.polling;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Gives {@link WaitPreference} to the controllers that ask for it, and describes what it does. */
@Component
class WaitPreferenceArgument
    implements HandlerMethodArgumentResolver, WebMvcConfigurer, OperationCustomizer {

  private final PollingProperties properties;

  WaitPreferenceArgument(PollingProperties properties) {
    this.properties = properties;
    SpringDocUtils.getConfig().addRequestWrapperToIgnore(WaitPreference.class);
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(this);
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == WaitPreference.class;
  }

  @Override
  public WaitPreference resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    return WaitPreference.of(
        values(request, WaitPreference.PREFER),
        values(request, HttpHeaders.IF_NONE_MATCH),
        properties.longestWait());
  }

  private static List<String> values(NativeWebRequest request, String header) {
    String @Nullable [] values = request.getHeaderValues(header);
    return values == null ? List.of() : List.of(values);
  }

  @Override
  public Operation customize(Operation operation, HandlerMethod method) {
    ApiResponse ok = operation.getResponses().get("200");
    if (ok != null
        && Arrays.stream(method.getMethodParameters()).anyMatch(this::supportsParameter)) {
      operation.addParametersItem(
          new HeaderParameter()
              .name(WaitPreference.PREFER)
              .description(
                  "wait=N (RFC 7240): answer as soon as it has come to its end, and with If-None-Match as soon as"
                      + " it has changed, but after N seconds at the latest. The service shortens N to "
                      + properties.longestWait().toSeconds()
                      + ".")
              .schema(new StringSchema())
              .example("wait=30"));
      ok.addHeaderObject(
          WaitPreference.APPLIED,
          new Header()
              .description("How long the answer may have waited; absent when it could not")
              .schema(new StringSchema().example("wait=30")));
    }
    return operation;
  }
}
