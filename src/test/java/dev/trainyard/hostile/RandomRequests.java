package dev.trainyard.hostile;

import dev.trainyard.TestToken;
import dev.trainyard.TinyImages;
import dev.trainyard.spec.SpecJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Requests for every operation of the OpenAPI document: a third as it wants them, half with one
 * thing wrong, so that what is behind the first check is reached, the others with several.
 */
final class RandomRequests {

  private static final Pattern VARIABLE = Pattern.compile("([^/]*)/?\\{(\\w+)}");
  private static final byte[] JPEG = TinyImages.jpeg(1, 1);

  private final RandomJson json;
  private final Stock stock;
  private final List<Operation> operations = new ArrayList<>();

  private record Operation(String method, String template, JsonNode described) {}

  /**
   * A request.
   *
   * @param bytes of it, head and body
   */
  record Request(String method, String template, byte[] bytes) {

    String operation() {
      return method + " " + template;
    }

    @Override
    public String toString() {
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      return text.length() > 3000 ? text.substring(0, 3000) + "..." : text;
    }
  }

  RandomRequests(JsonNode document, Stock stock) {
    this.json = new RandomJson(document, stock);
    this.stock = stock;
    document
        .get("paths")
        .forEachEntry(
            (path, item) ->
                item.forEachEntry(
                    (verb, operation) ->
                        operations.add(
                            new Operation(verb.toUpperCase(Locale.ROOT), path, operation))));
  }

  /** Each operation in its turn. */
  Request get(long seed, int number) {
    Dice dice = new Dice(seed, number);
    Operation operation = operations.get(number % operations.size());
    Draft draft = draft(operation, dice);
    int kind = dice.below(100);
    int faults = kind < 30 ? 0 : kind < 80 ? 1 : 2 + dice.below(3);
    for (int i = 0; i < faults; i++) {
      new Mutation(draft, json, dice).apply();
    }
    return new Request(operation.method, operation.template, draft.bytes());
  }

  private Draft draft(Operation operation, Dice dice) {
    Draft draft = new Draft(operation.method, operation.template);
    for (JsonNode given : operation.described.path("parameters")) {
      JsonNode parameter = json.resolved(given);
      String name = parameter.get("name").asString();
      boolean required = parameter.path("required").asBoolean(false);
      switch (parameter.get("in").asString()) {
        case "path" -> draft.variables.put(name, variable(operation, name, parameter, dice));
        case "query" -> {
          if (required || dice.percent(name.equals("validateOnly") ? 2 : 30)) {
            query(draft, name, parameter, dice);
          }
        }
        case "header" -> {
          if (required || dice.percent(30)) {
            draft.headers.add(header(operation.template, name, parameter, dice));
          }
        }
        default -> {}
      }
    }
    if (operation.template.startsWith("/api/v1/uploads") && dice.percent(30)) {
      draft.headers.add("Tus-Resumable: 1.0.0");
    }
    body(draft, json.resolved(operation.described.path("requestBody")).path("content"), dice);
    return draft;
  }

  private String variable(Operation operation, String name, JsonNode parameter, Dice dice) {
    String template = operation.template;
    Matcher variables = VARIABLE.matcher(template);
    String kind = name;
    while (variables.find()) {
      if (variables.group(2).equals(name) && !template.contains("{" + name + "}.{format}")) {
        kind = variables.group(1).isEmpty() ? name : variables.group(1);
      }
    }
    Optional<String> known =
        operation.method.equals("DELETE") && template.endsWith("{" + name + "}")
            ? stock.toDelete(kind, dice)
            : stock.of(kind, dice);
    return known
        .filter(it -> dice.percent(90))
        .or(() -> stock.parameter(name, dice))
        .orElseGet(() -> json.text(parameter.path("schema"), name, dice));
  }

  private void query(Draft draft, String name, JsonNode parameter, Dice dice) {
    JsonNode schema = json.resolved(parameter.path("schema"));
    boolean list = schema.path("type").asString("").equals("array");
    for (int i = list ? 1 + dice.below(2) : 1; i > 0; i--) {
      JsonNode one = list ? schema.path("items") : schema;
      draft.query.add(Draft.encoded(name) + "=" + Draft.encoded(text(name, parameter, one, dice)));
    }
  }

  private String text(String name, JsonNode parameter, JsonNode schema, Dice dice) {
    String known = stock.parameter(name, dice).orElse(null);
    if (known != null && dice.percent(80)) {
      return known;
    }
    JsonNode example = parameter.path("example");
    return example.isValueNode() && dice.percent(50)
        ? example.asString()
        : json.value(schema, name, dice, 0).asString("");
  }

  private String header(String template, String name, JsonNode parameter, Dice dice) {
    String tag = name.equals("If-None-Match") ? stock.of(template, dice).orElse("\"x\"") : null;
    return name
        + ": "
        + (tag != null ? tag : text(name, parameter, parameter.path("schema"), dice));
  }

  private void body(Draft draft, JsonNode content, Dice dice) {
    if (!content.isObject() || content.isEmpty()) {
      return;
    }
    Map.Entry<String, JsonNode> media = dice.of(List.copyOf(content.properties()));
    String type = media.getKey();
    if (type.contains("json")) {
      Optional<String> known = stock.body(draft.method + " " + draft.template, dice);
      draft.json(
          type,
          known.isPresent() && dice.percent(40)
              ? SpecJson.MAPPER.readTree(known.get())
              : json.body(media.getValue(), dice));
      if (draft.template.equals("/api/v1/session") && dice.onceIn(2)) {
        draft.body = ("{\"token\": \"" + TestToken.VALUE + "\"}").getBytes(StandardCharsets.UTF_8);
      }
    } else if (type.startsWith("multipart/")) {
      draft.type = type + "; boundary=" + RandomForm.BOUNDARY;
      draft.body = new RandomForm(json, dice).of(json.resolved(media.getValue().path("schema")));
    } else {
      draft.type = type;
      draft.body = type.startsWith("image/") ? JPEG : new byte[dice.below(20)];
    }
  }
}
