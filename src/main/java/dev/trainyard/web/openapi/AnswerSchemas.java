package dev.trainyard.web.openapi;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationComponentsCustomizer;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.method.HandlerMethod;

/**
 * Whatever is described by an example alone has the schema of what the method returns. A body that
 * is no JSON is a text, or bytes.
 */
@Component
@Order(RangeAnswers.AFTER_SCHEMAS - 1)
class AnswerSchemas implements GlobalOperationComponentsCustomizer {

  private static final Set<Class<?>> WRAPPERS = Set.of(ResponseEntity.class, DeferredResult.class);

  @Override
  public Operation customize(Operation operation, HandlerMethod method) {
    return operation;
  }

  @Override
  public Operation customize(Operation operation, Components components, HandlerMethod method) {
    operation
        .getResponses()
        .forEach(
            (status, answer) -> {
              if (status.startsWith("2")) {
                complete(answer, method.getMethod().getGenericReturnType(), components);
              }
            });
    return operation;
  }

  private static void complete(ApiResponse answer, Type returned, Components components) {
    if (answer.getContent() == null) {
      return;
    }
    answer
        .getContent()
        .forEach(
            (type, body) -> {
              if (!type.endsWith("json")) {
                body.setSchema(text(type));
              } else if (body.getSchema() == null) {
                body.setSchema(of(unwrapped(returned), components));
              }
            });
  }

  private static Schema<?> text(String type) {
    Schema<?> text = new JsonSchema().typesItem("string");
    return type.startsWith("text/") || type.endsWith("xml") ? text : text.format("binary");
  }

  private static @Nullable Schema<?> of(Type type, Components components) {
    ResolvedSchema resolved =
        ModelConverters.getInstance(true)
            .resolveAsResolvedSchema(new AnnotatedType(type).resolveAsRef(true));
    if (resolved == null || resolved.schema == null) {
      return null;
    }
    resolved.referencedSchemas.forEach(components::addSchemas);
    return resolved.schema;
  }

  static Type unwrapped(Type type) {
    return type instanceof ParameterizedType generic && WRAPPERS.contains(generic.getRawType())
        ? unwrapped(generic.getActualTypeArguments()[0])
        : type;
  }
}
