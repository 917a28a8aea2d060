package dev.trainyard.web.openapi;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What POST /api/v1/jobs takes, cut out of the OpenAPI document as a JSON Schema that stands alone:
 * with everything that it refers to.
 */
@Component
class JobSpecSchema {

  static final String PATH = "/api/v1/schemas/job-spec.json";

  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private static final String COMPONENTS = "#/components/schemas/";
  private static final String REF = "$ref";
  private static final String DEFS = "$defs";

  private final OpenApiWebMvcResource document;
  private final JsonMapper json;
  private final String documentPath;

  JobSpecSchema(
      OpenApiWebMvcResource document,
      JsonMapper json,
      org.springdoc.core.properties.SpringDocConfigProperties properties) {
    this.document = document;
    this.json = json;
    this.documentPath = properties.getApiDocs().getPath();
  }

  /**
   * @param id where it was asked for
   */
  ObjectNode of(HttpServletRequest request, String id) throws IOException {
    JsonNode openApi = json.readTree(document.openapiJson(request, documentPath, Locale.ENGLISH));
    JsonNode body = openApi.at("/paths/~1api~1v1~1jobs/post/requestBody/content/application~1json");
    String name = name(body.at("/schema/$ref"));
    ObjectNode schema = json.createObjectNode();
    schema.put("$schema", DIALECT).put("$id", id).put("title", "A training job of Trainyard");
    schema.setAll((ObjectNode) openApi.at("/components/schemas/" + name).deepCopy());
    schema.putArray("examples").add(body.get("example"));
    ObjectNode definitions = schema.putObject(DEFS);
    Deque<JsonNode> open = new ArrayDeque<>();
    open.add(schema);
    while (!open.isEmpty()) {
      JsonNode node = open.pop();
      if (node instanceof ObjectNode object) {
        object.remove("discriminator"); // OpenAPI's; the types are told apart by const
        define(object, openApi, definitions, open);
      }
      node.forEach(open::push);
    }
    return schema;
  }

  private static void define(
      ObjectNode object, JsonNode openApi, ObjectNode definitions, Deque<JsonNode> open) {
    JsonNode ref = object.path(REF);
    if (!ref.isString() || !ref.asString().startsWith(COMPONENTS)) {
      return;
    }
    String name = name(ref);
    object.put(REF, "#/" + DEFS + "/" + name);
    if (!definitions.has(name)) {
      JsonNode definition = openApi.at("/components/schemas/" + name).deepCopy();
      definitions.set(name, definition);
      open.push(definition);
    }
  }

  private static String name(JsonNode ref) {
    return ref.asString().substring(COMPONENTS.length());
  }
}
