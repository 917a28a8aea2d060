package dev.trainyard.model.inference;

import dev.trainyard.problem.document.ProblemAnswers;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.stereotype.Component;

/** What {@link DialectErrors} does, for the OpenAPI document. */
@Component
class DialectErrorsDescription implements GlobalOpenApiCustomizer {

  private static final String PROBLEM = Components.COMPONENTS_SCHEMAS_REF + ProblemAnswers.SCHEMA;
  private static final String NAME = "DialectProblem";
  private static final String ERROR = "error";
  private static final String EXAMPLES = ProblemAnswers.EXAMPLES;
  private static final String PREFIX = "dialect-";
  private static final String OURS = EXAMPLES + PREFIX;

  @Override
  public void customise(OpenAPI document) {
    Schema<?> problem =
        Objects.requireNonNull(document.getComponents().getSchemas().get(ProblemAnswers.SCHEMA));
    document.getComponents().addSchemas(NAME, withError(problem));
    new LinkedHashMap<>(document.getComponents().getExamples())
        .forEach(
            (name, example) ->
                document.getComponents().addExamples(PREFIX + name, withError(example)));
    document
        .getPaths()
        .forEach(
            (path, item) -> {
              if (DialectErrors.isOfDialect(path)) {
                item.readOperations().forEach(DialectErrorsDescription::translate);
              }
            });
  }

  @SuppressWarnings("rawtypes")
  private static JsonSchema withError(Schema<?> problem) {
    JsonSchema same = new JsonSchema();
    same.addType("object");
    same.setDescription(problem.getDescription());
    Map<String, Schema> properties = new LinkedHashMap<>(problem.getProperties());
    JsonSchema error = new JsonSchema();
    error.addType("string");
    properties.put(
        ERROR,
        error.description(
            "The same as detail, for clients of this protocol; not there if the head of the request cannot be read"));
    same.setProperties(properties);
    same.setRequired(problem.getRequired());
    return same;
  }

  /** What is not valid is 400 there. */
  private static void translate(Operation operation) {
    ApiResponses answers = operation.getResponses();
    ApiResponse invalid = answers.remove("422");
    if (invalid != null) {
      ApiResponse malformed = Objects.requireNonNull(answers.get("400"), "any may be malformed");
      malformed.getContent().values().forEach(body -> addExamples(body, invalid));
    }
    answers.values().stream()
        .filter(answer -> answer.getContent() != null)
        .flatMap(answer -> answer.getContent().values().stream())
        .filter(body -> body.getSchema() != null && PROBLEM.equals(body.getSchema().get$ref()))
        .forEach(DialectErrorsDescription::translate);
  }

  private static void addExamples(MediaType body, ApiResponse from) {
    from.getContent().values().stream()
        .flatMap(other -> other.getExamples().entrySet().stream())
        .forEach(example -> body.addExamples(example.getKey(), example.getValue()));
  }

  private static void translate(MediaType body) {
    body.schema(new JsonSchema().$ref(Components.COMPONENTS_SCHEMAS_REF + NAME));
    if (body.getExamples() != null) {
      body.getExamples().values().stream()
          .filter(example -> example.get$ref() != null)
          .forEach(example -> example.set$ref(example.get$ref().replace(EXAMPLES, OURS)));
    }
  }

  private static Example withError(Example example) {
    Map<Object, Object> told = new LinkedHashMap<>((Map<?, ?>) example.getValue());
    told.computeIfPresent("status", (name, status) -> status.equals(422) ? 400 : status);
    told.put(ERROR, told.get("detail"));
    return new Example().summary(example.getSummary()).value(told);
  }
}
