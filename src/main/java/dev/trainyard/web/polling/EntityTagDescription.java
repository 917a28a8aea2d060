package dev.trainyard.web.polling;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import java.util.Set;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;

/** What {@link ConditionalAnswers} does, for the OpenAPI description. */
@Component
class EntityTagDescription implements OperationCustomizer {

  private static final Set<String> JSON = Set.of("application/json", "application/schema+json");

  @Override
  public Operation customize(Operation operation, HandlerMethod method) {
    ApiResponse ok = operation.getResponses().get("200");
    if (ok == null || !isRead(method) || !isJson(ok)) {
      return operation;
    }
    operation.addParametersItem(
        new HeaderParameter()
            .name(HttpHeaders.IF_NONE_MATCH)
            .description("ETags of what the client has; the answer is 304 if it is one of them")
            .schema(new StringSchema())
            .example("W/\"n4bQgYhMfWWaL-qgxVrQFQ\""));
    ok.addHeaderObject(
        HttpHeaders.ETAG, new Header().description("Weak; of the JSON").schema(new StringSchema()));
    operation
        .getResponses()
        .addApiResponse("304", new ApiResponse().description("You have it already; no body"));
    return operation;
  }

  private static boolean isRead(HandlerMethod method) {
    RequestMapping mapping =
        AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequestMapping.class);
    return mapping != null && Arrays.asList(mapping.method()).contains(RequestMethod.GET);
  }

  private static boolean isJson(ApiResponse response) {
    return response.getContent() != null
        && response.getContent().keySet().stream().anyMatch(JSON::contains);
  }
}
