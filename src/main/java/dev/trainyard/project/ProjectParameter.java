package dev.trainyard.project;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import java.util.regex.Pattern;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/** Has the OpenAPI document say that a request may name its project, where that matters. */
@Component
class ProjectParameter implements OperationCustomizer {

  private static final Pattern ABOUT_A_PROJECT =
      Pattern.compile("dev\\.trainyard\\.(dataset|event|job|model|upload)\\..*");

  @Override
  public Operation customize(Operation operation, HandlerMethod method) {
    if (ABOUT_A_PROJECT.matcher(method.getBeanType().getName()).matches()
        && !isDescribed(operation)) {
      operation.addParametersItem(
          new HeaderParameter()
              .name(ProjectOfRequest.HEADER)
              .description(
                  "The project that it is about: needed by a caller who sees several. Links, which send"
                      + " no headers, have ?project= instead.")
              .schema(new StringSchema().maxLength(63))
              .example(Acting.DEFAULT));
    }
    return operation;
  }

  /** Two methods for one path are one operation. */
  private static boolean isDescribed(Operation operation) {
    return operation.getParameters() != null
        && operation.getParameters().stream()
            .anyMatch(parameter -> ProjectOfRequest.HEADER.equals(parameter.getName()));
  }
}
