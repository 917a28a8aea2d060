package dev.trainyard.hostile;

import dev.trainyard.TestToken;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Every place in a request where the OpenAPI document has a text. */
final class Places {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String BOUNDARY = "-b-";

  /** What stands in the other path variables: well-formed, and not there. */
  private static final Map<String, String> USUAL =
      Map.of(
          "version", "1", "alias", "champion", "format", "svg", "plot", "loss", "metric", "loss");

  private static final String NOTHING = "00000000-0000-0000-0000-000000000000";

  private final List<Place> places = new ArrayList<>();

  /**
   * @param isPath whether it is a path variable: what is there names something, or nothing
   */
  record Place(String name, boolean isPath, Function<String, byte[]> request) {}

  private Places() {}

  static List<Place> in(JsonNode document) {
    Places all = new Places();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        verb ->
                            all.operation(
                                document,
                                verb.getKey().toUpperCase(java.util.Locale.ROOT),
                                path.getKey(),
                                verb.getValue())));
    return List.copyOf(all.places);
  }

  private void operation(JsonNode document, String method, String path, JsonNode operation) {
    String usual = filled(path, "", "");
    for (JsonNode given : operation.path("parameters")) {
      JsonNode parameter = resolved(document, given);
      String name = parameter.get("name").asString();
      String where = method + " " + path + " " + name;
      switch (parameter.get("in").asString()) {
        case "path" ->
            add(where, true, text -> request(method, filled(path, name, text), "", "", ""));
        case "query" ->
            add(where, false, text -> request(method, usual + "?" + name + "=" + text, "", "", ""));
        case "header" ->
            add(where, false, text -> request(method, usual, name + ": " + text + "\r\n", "", ""));
        default -> {}
      }
    }
    JsonNode body = resolved(document, operation.path("requestBody"));
    body.path("content")
        .properties()
        .forEach(
            content -> {
              String where = method + " " + path + " body ";
              if (content.getKey().equals("multipart/form-data")) {
                form(document, where, method, usual, content.getValue().path("schema"));
              } else if (content.getKey().contains("json")) {
                JsonNode example = example(document, content.getValue());
                if (example != null) {
                  leaves(example, example, where, method, usual, content.getKey());
                }
              }
            });
  }

  private void form(JsonNode document, String where, String method, String path, JsonNode schema) {
    List<String> parts = new ArrayList<>();
    resolved(document, schema).path("properties").properties().forEach(p -> parts.add(p.getKey()));
    for (String part : parts) {
      add(
          where + part,
          false,
          text ->
              request(
                  method,
                  path,
                  "",
                  "multipart/form-data; boundary=" + BOUNDARY,
                  part(part, "", text) + "--" + BOUNDARY + "--\r\n"));
      add(
          where + part + " filename",
          false,
          text ->
              request(
                  method,
                  path,
                  "",
                  "multipart/form-data; boundary=" + BOUNDARY,
                  part(part, "; filename=\"" + text + "\"", "PK") + "--" + BOUNDARY + "--\r\n"));
    }
  }

  private static String part(String name, String more, String content) {
    return "--%s\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n"
        .formatted(BOUNDARY, name, more, content);
  }

  private static JsonNode example(JsonNode document, JsonNode content) {
    JsonNode example = content.path("example");
    for (Map.Entry<String, JsonNode> named : content.path("examples").properties()) {
      example =
          example.isMissingNode() ? resolved(document, named.getValue()).path("value") : example;
    }
    if (example.isString()) {
      example = JSON.readTree(example.asString());
    }
    return example.isMissingNode() ? null : example;
  }

  /** Each text of the example in its turn. */
  private void leaves(
      JsonNode whole, JsonNode node, String where, String method, String path, String type) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : List.copyOf(object.properties())) {
        String name = where + "." + member.getKey();
        if (member.getValue().isString()) {
          add(name, false, text -> json(whole, object, member.getKey(), text, method, path, type));
        } else {
          leaves(whole, member.getValue(), name, method, path, type);
        }
      }
    } else if (node instanceof ArrayNode array) {
      array.forEach(element -> leaves(whole, element, where + "[]", method, path, type));
    }
  }

  private static byte[] json(
      JsonNode whole,
      ObjectNode object,
      String name,
      String text,
      String method,
      String path,
      String type) {
    JsonNode before = object.get(name);
    object.set(name, StringNode.valueOf(text));
    String body = JSON.writeValueAsString(whole);
    object.set(name, before);
    return request(method, path, "", type, body);
  }

  private void add(String name, boolean isPath, Function<String, byte[]> request) {
    places.add(new Place(name, isPath, request));
  }

  private static String filled(String path, String variable, String text) {
    StringBuilder filled = new StringBuilder();
    for (String part : path.split("(?=\\{)|(?<=})")) {
      if (part.startsWith("{")) {
        String name = part.replaceAll("[{}*]", "");
        filled.append(name.equals(variable) ? text : USUAL.getOrDefault(name, NOTHING));
      } else {
        filled.append(part);
      }
    }
    return filled.toString();
  }

  static byte[] request(String method, String target, String headers, String type, String body) {
    byte[] content = Spellings.bytes(body);
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(Spellings.bytes(method + " " + target + " HTTP/1.1\r\n"));
    request.writeBytes(
        ("Host: localhost\r\nAuthorization: " + TestToken.BEARER + "\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(Spellings.bytes(headers));
    if (!type.isEmpty()) {
      request.writeBytes(("Content-Type: " + type + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }
    request.writeBytes(
        ("Content-Length: " + content.length + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(content);
    return request.toByteArray();
  }

  private static JsonNode resolved(JsonNode document, JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
  }
}
