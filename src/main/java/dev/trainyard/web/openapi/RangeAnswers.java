package dev.trainyard.web.openapi;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.document.ProblemAnswers;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import org.springdoc.core.customizers.GlobalOperationComponentsCustomizer;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/** Of a file Spring MVC sends the ranges that a request names, whatever else the method says. */
@Component
@Order(RangeAnswers.AFTER_SCHEMAS)
class RangeAnswers implements GlobalOperationComponentsCustomizer {

  static final int AFTER_SCHEMAS = 1;

  @Override
  public Operation customize(Operation operation, HandlerMethod method) {
    return operation;
  }

  @Override
  public Operation customize(Operation operation, Components components, HandlerMethod method) {
    ApiResponses answers = operation.getResponses();
    boolean isFile =
        AnswerSchemas.unwrapped(method.getMethod().getGenericReturnType()) == Resource.class;
    ApiResponse whole = answers.get("200");
    if (whole == null || whole.getContent() == null || !isFile && !answers.containsKey("206")) {
      return operation;
    }
    Content content = new Content();
    content.putAll(whole.getContent());
    content.addMediaType(
        "multipart/byteranges",
        new MediaType().schema(new JsonSchema().typesItem("string").format("binary")));
    answers
        .computeIfAbsent("206", status -> new ApiResponse().description("The ranges asked for"))
        .setContent(content);
    ProblemAnswers.add(answers, Problem.RANGE_NOT_SATISFIABLE);
    return operation;
  }
}
