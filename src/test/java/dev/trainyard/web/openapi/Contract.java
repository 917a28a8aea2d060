package dev.trainyard.web.openapi;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.trainyard.spec.SpecJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the OpenAPI document promises, and how an answer differs from it. An object may have no
 * member that its schema does not name.
 */
public final class Contract {

  private static final String COMPONENTS = "components";

  /** Formats are held as well. */
  static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  private final ObjectNode document;
  private final Map<JsonNode, Schema> schemas = new LinkedHashMap<>();

  private Contract(ObjectNode document) {
    this.document = document;
  }

  public static Contract of(JsonNode document) {
    ObjectNode closed = (ObjectNode) document.deepCopy();
    close(closed);
    return new Contract(closed);
  }

  private static void close(JsonNode node) {
    if (node.path("properties").isObject() && !node.has("additionalProperties")) {
      ((ObjectNode) node).put("additionalProperties", false);
    }
    node.forEach(Contract::close);
  }

  /** Such as {@code GET /api/v1/jobs/{id}}. */
  public Set<String> operations() {
    Set<String> all = new TreeSet<>();
    paths()
        .forEachEntry(
            (path, item) ->
                item.propertyNames().forEach(verb -> all.add(verb.toUpperCase() + " " + path)));
    return all;
  }

  /** Its description. */
  public JsonNode operation(String method, String template) {
    return paths().path(template).path(method.toLowerCase());
  }

  /**
   * What is wrong with an answer.
   *
   * @param template of the path, as the document has it
   * @param contentType null without one
   * @return nothing when it is as the document says
   */
  public synchronized List<String> violations(
      String method, String template, int status, String contentType, byte[] body) {
    JsonNode operation = operation(method, template);
    if (operation.isMissingNode()) {
      return List.of("there is no such operation in the document");
    }
    JsonNode answer = operation.path("responses").path(Integer.toString(status));
    if (answer.isMissingNode()) {
      return List.of("the status " + status + " is not documented");
    }
    if (body.length == 0) {
      return List.of();
    }
    String type = contentType == null ? "" : contentType.replaceFirst("\\s*;.*", "");
    JsonNode media = answer.path("content").path(type);
    if (media.isMissingNode()) {
      return List.of(
          "the content type '%s' of status %d is not documented".formatted(contentType, status));
    }
    if (!media.has("schema")) {
      return List.of("%d %s has no schema".formatted(status, type));
    }
    return type.endsWith("json") ? violations(media.get("schema"), body) : List.of();
  }

  private List<String> violations(JsonNode schema, byte[] body) {
    try {
      return violations(schema, SpecJson.MAPPER.readTree(body));
    } catch (JacksonException e) {
      return List.of("it is no JSON: " + e.getOriginalMessage());
    }
  }

  private List<String> violations(JsonNode schema, JsonNode value) {
    return schemas.computeIfAbsent(schema, this::compiled).validate(value).stream()
        .map(error -> error.getInstanceLocation() + " " + error.getMessage())
        .distinct()
        .toList();
  }

  /** References in it are into the document. */
  private Schema compiled(JsonNode schema) {
    ObjectNode whole = SpecJson.MAPPER.createObjectNode();
    whole.setAll((ObjectNode) schema);
    whole.set(COMPONENTS, document.get(COMPONENTS));
    return REGISTRY.getSchema(whole);
  }

  /** Of requests, answers and parameters: those that their schemas would refuse. */
  public List<String> wrongExamples() {
    List<String> wrong = new ArrayList<>();
    paths()
        .forEachEntry(
            (path, item) ->
                item.forEachEntry(
                    (verb, operation) -> {
                      String name = verb.toUpperCase() + " " + path;
                      examples(name + " request", operation.path("requestBody"), wrong);
                      operation
                          .path("responses")
                          .forEachEntry(
                              (status, answer) -> examples(name + " " + status, answer, wrong));
                      operation
                          .path("parameters")
                          .forEach(it -> example(name + " " + it.get("name"), it, wrong));
                    }));
    document
        .path(COMPONENTS)
        .path("schemas")
        .forEachEntry(
            (name, schema) ->
                schema
                    .path("properties")
                    .forEachEntry((member, it) -> ofSchema(name + "." + member, it, wrong)));
    return wrong;
  }

  private void examples(String where, JsonNode described, List<String> wrong) {
    described
        .path("content")
        .forEachEntry(
            (type, media) -> {
              if (!type.endsWith("json")) {
                return;
              }
              if (!media.has("example") && !media.has("examples")) {
                wrong.add(where + " " + type + ": there is no example");
              }
              example(where, media, wrong);
            });
  }

  private void example(String where, JsonNode described, List<String> wrong) {
    JsonNode schema = described.path("schema");
    if (!schema.isObject()) {
      wrong.add(where + ": there is no schema");
      return;
    }
    List<JsonNode> examples = new ArrayList<>();
    examples.add(described.path("example"));
    described.path("examples").forEach(it -> examples.add(value(it)));
    examples.stream()
        .filter(it -> !it.isMissingNode())
        .flatMap(it -> violations(schema, it).stream())
        .forEach(violation -> wrong.add(where + ": " + violation));
  }

  private JsonNode value(JsonNode example) {
    String ref = example.path("$ref").asString("");
    return (ref.isEmpty() ? example : document.at(ref.substring(1))).path("value");
  }

  private void ofSchema(String where, JsonNode schema, List<String> wrong) {
    for (String keyword : List.of("example", "default")) {
      if (schema.has(keyword)) {
        violations(schema, schema.get(keyword)).forEach(it -> wrong.add(where + ": " + it));
      }
    }
  }

  /** The template that a path without its query belongs to; the one with most fixed text. */
  public String template(String method, String path) {
    return operations().stream()
        .filter(operation -> operation.startsWith(method + " "))
        .map(operation -> operation.substring(method.length() + 1))
        .filter(template -> pattern(template).matcher(path).matches())
        .max((a, b) -> Integer.compare(fixed(a), fixed(b)))
        .orElseThrow(() -> new AssertionError("Nothing is documented for " + method + " " + path));
  }

  private static Pattern pattern(String template) {
    String regex =
        ("\\Q" + template + "\\E")
            .replace("{path}", "\\E.+\\Q")
            .replaceAll("\\{\\w+\\}", "\\\\E[^/]+?\\\\Q");
    return Pattern.compile(regex);
  }

  private static int fixed(String template) {
    return template.replaceAll("\\{\\w+\\}", "").length();
  }

  private JsonNode paths() {
    return document.get("paths");
  }
}
