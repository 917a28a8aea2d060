package dev.trainyard.web.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.stereotype.Component;

/**
 * Where Java and JSON Schema differ: what is sent may have no members that are not known, and a
 * pattern is for the whole text.
 */
@Component
class ExactSchemas implements GlobalOpenApiCustomizer {

  private static final String DURATION =
      "^P(?=.)([0-9]+D)?(T(?=.)([0-9]+H)?([0-9]+M)?([0-9]+(\\.[0-9]{1,9})?S)?)?$";

  @Override
  public void customise(OpenAPI document) {
    Set<Schema<?>> sent = reachable(document, bodies(document));
    sent.stream()
        .filter(schema -> schema.getProperties() != null)
        .filter(schema -> schema.getAdditionalProperties() == null)
        .forEach(schema -> schema.setAdditionalProperties(false));
    Stream<Schema<?>> all =
        Stream.concat(
            document.getComponents().getSchemas().values().stream().map(s -> (Schema<?>) s),
            Stream.concat(parameters(document), bodies(document)));
    Set<Schema<?>> every = reachable(document, all);
    every.forEach(ExactSchemas::anchor);
    every.forEach(ExactSchemas::count);
    every.forEach(ExactSchemas::measure);
    operations(document)
        .filter(operation -> operation.getParameters() != null)
        .flatMap(operation -> operation.getParameters().stream())
        .filter(parameter -> parameter.getExample() != null && parameter.getSchema() != null)
        .forEach(it -> it.setExample(example(it.getExample(), it.getSchema())));
  }

  private static Stream<Operation> operations(OpenAPI document) {
    return document.getPaths().values().stream()
        .map(PathItem::readOperations)
        .flatMap(Collection::stream);
  }

  private static Stream<Schema<?>> bodies(OpenAPI document) {
    return operations(document)
        .map(Operation::getRequestBody)
        .filter(body -> body != null && body.getContent() != null)
        .flatMap(body -> body.getContent().values().stream())
        .map(MediaType::getSchema)
        .filter(Objects::nonNull)
        .map(schema -> (Schema<?>) schema);
  }

  private static Stream<Schema<?>> parameters(OpenAPI document) {
    return operations(document)
        .filter(operation -> operation.getParameters() != null)
        .flatMap(operation -> operation.getParameters().stream())
        .map(Parameter::getSchema)
        .filter(Objects::nonNull)
        .map(schema -> (Schema<?>) schema);
  }

  private static Set<Schema<?>> reachable(OpenAPI document, Stream<Schema<?>> from) {
    Set<Schema<?>> found = Collections.newSetFromMap(new IdentityHashMap<>());
    from.forEach(schema -> visit(schema, document, found));
    return found;
  }

  private static void visit(Schema<?> schema, OpenAPI document, Set<Schema<?>> found) {
    if (!found.add(schema)) {
      return;
    }
    if (schema.get$ref() != null) {
      String name = schema.get$ref().substring(Components.COMPONENTS_SCHEMAS_REF.length());
      visit(
          Objects.requireNonNull(document.getComponents().getSchemas().get(name), name),
          document,
          found);
    }
    parts(schema).forEach(part -> visit(part, document, found));
  }

  private static List<Schema<?>> parts(Schema<?> schema) {
    List<Object> parts = new ArrayList<>();
    if (schema.getProperties() != null) {
      parts.addAll(schema.getProperties().values());
    }
    if (schema.getOneOf() != null) {
      parts.addAll(schema.getOneOf());
    }
    parts.add(schema.getItems());
    parts.add(schema.getAdditionalProperties());
    return parts.stream()
        .filter(Schema.class::isInstance)
        .<Schema<?>>map(part -> (Schema<?>) part)
        .toList();
  }

  /** JSON Schema's format duration has no fractions of a second; Java's has. */
  private static void measure(Schema<?> schema) {
    if ("duration".equals(schema.getFormat())) {
      schema.setFormat(null);
      schema.setPattern(DURATION);
      @SuppressWarnings("unchecked")
      Schema<Object> text = (Schema<Object>) schema;
      text.addExample("PT2H30M");
    }
  }

  /** Annotations only have texts, which are read as JSON wherever they look like it. */
  private static Object example(Object given, Schema<?> schema) {
    Set<String> types = schema.getTypes() == null ? Set.of() : schema.getTypes();
    if (types.contains("array") && !(given instanceof Collection)) {
      return List.of(given.toString().split(","));
    }
    return types.equals(Set.of("string")) ? given.toString() : given;
  }

  /** Annotations name the whole numbers of an enumeration as texts. */
  private static void count(Schema<?> schema) {
    if (schema.getTypes() != null
        && schema.getTypes().equals(Set.of("integer"))
        && schema.getEnum() != null) {
      @SuppressWarnings("unchecked")
      Schema<Object> numbers = (Schema<Object>) schema;
      numbers.setEnum(
          schema.getEnum().stream().<Object>map(it -> Integer.valueOf(it.toString())).toList());
    }
  }

  private static void anchor(Schema<?> schema) {
    String pattern = schema.getPattern();
    if (pattern != null && !pattern.startsWith("^")) {
      schema.setPattern("^(?:" + pattern + ")$");
    }
  }
}
