package dev.trainyard.idempotency;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.document.ProblemAnswers;
import dev.trainyard.project.Acting;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Gives {@link IdempotentRequest} to the controllers that ask for it, and describes what it does.
 */
@Component
class IdempotentRequestArgument
    implements HandlerMethodArgumentResolver, WebMvcConfigurer, OperationCustomizer {

  private static final String ANONYMOUS = "anonymous";

  IdempotentRequestArgument() {
    SpringDocUtils.getConfig().addRequestWrapperToIgnore(IdempotentRequest.class);
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(this);
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == IdempotentRequest.class;
  }

  @Override
  public IdempotentRequest resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest web,
      @Nullable WebDataBinderFactory binders) {
    HttpServletRequest request =
        Objects.requireNonNull(web.getNativeRequest(HttpServletRequest.class));
    Principal principal = request.getUserPrincipal();
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return new IdempotentRequest(
        Collections.list(request.getHeaders(IdempotentRequest.HEADER)),
        Acting.visible() + " " + request.getMethod() + " " + pattern,
        principal == null ? ANONYMOUS : principal.getName(),
        request.getRequestURI());
  }

  @Override
  public Operation customize(Operation operation, HandlerMethod method) {
    if (Arrays.stream(method.getMethodParameters()).anyMatch(this::supportsParameter)) {
      if (!isDescribed(operation)) {
        operation.addParametersItem(header());
      }
      ApiResponses responses = operation.getResponses();
      ApiResponse created = responses.getOrDefault("202", responses.get("201"));
      Objects.requireNonNull(created, "what creates answers 202 or 201")
          .addHeaderObject(
              Once.REPLAYED,
              new Header()
                  .description("true when a request with this Idempotency-Key was done before")
                  .schema(new StringSchema()));
      ProblemAnswers.add(responses, Problem.REQUEST_IN_PROGRESS);
      ProblemAnswers.add(responses, Problem.IDEMPOTENCY_RESULT_DELETED);
      ProblemAnswers.add(responses, Problem.IDEMPOTENCY_KEY_REUSED);
    }
    return operation;
  }

  private static Parameter header() {
    return new HeaderParameter()
        .name(IdempotentRequest.HEADER)
        .description(
            "1 to 255 visible ASCII characters, such as a UUID. The same request with the same key"
                + " is done once; sent again, it is answered with what it made then.")
        .schema(new StringSchema().minLength(1).maxLength(255))
        .example("6f1c2b9e-6c0c-4f8e-9a43-0c6c1a7f5b11");
  }

  /**
   * Two methods for one path are one operation: its parameters stay, its responses are read anew.
   */
  private static boolean isDescribed(Operation operation) {
    return operation.getParameters() != null
        && operation.getParameters().stream()
            .anyMatch(parameter -> IdempotentRequest.HEADER.equals(parameter.getName()));
  }
}
