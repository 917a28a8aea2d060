package dev.trainyard.hostile;

import dev.trainyard.spec.SpecJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Values as the schemas of the OpenAPI document have them, and what is not quite that. */
final class RandomJson {

  private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;
  private static final String HOLE = "@hole@";
  private static final List<String> NAMES = List.of("x", "image_bytes", "tags", "name", "a");

  private final JsonNode document;
  private final Stock stock;

  RandomJson(JsonNode document, Stock stock) {
    this.document = document;
    this.stock = stock;
  }

  JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
  }

  /** A body that the document's description of it lets in, as far as a schema can say that. */
  JsonNode body(JsonNode media, Dice dice) {
    List<JsonNode> examples = new ArrayList<>();
    media.path("examples").forEach(it -> examples.add(resolved(it).path("value")));
    if (media.has("example")) {
      examples.add(media.get("example"));
    }
    if (examples.isEmpty() || dice.percent(40)) {
      return value(media.path("schema"), "", dice, 0);
    }
    JsonNode example = dice.of(examples);
    return real(
        example.isString() ? SpecJson.MAPPER.readTree(example.asString()) : example, "", dice);
  }

  /** The same with the names of things that there are. */
  private JsonNode real(JsonNode node, String name, Dice dice) {
    if (node instanceof ObjectNode object) {
      ObjectNode copy = MAKE.objectNode();
      object.forEachEntry((member, it) -> copy.set(member, real(it, member, dice)));
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = MAKE.arrayNode();
      array.forEach(it -> copy.add(real(it, name, dice)));
      return copy;
    }
    return node.isString()
        ? stock.named(name, dice).<JsonNode>map(StringNode::valueOf).orElse(node)
        : node;
  }

  /**
   * @param name of the member or parameter
   */
  JsonNode value(JsonNode described, String name, Dice dice, int depth) {
    JsonNode schema = resolved(described);
    if (schema.has("const")) {
      return schema.get("const");
    }
    if (schema.has("enum")) {
      return dice.of(List.copyOf(schema.get("enum").values()));
    }
    if (schema.has("oneOf")) {
      return value(dice.of(List.copyOf(schema.get("oneOf").values())), name, dice, depth);
    }
    if (schema.has("example") && dice.percent(40)) {
      return real(schema.get("example"), name, dice);
    }
    return switch (type(schema, dice)) {
      case "object" -> object(schema, dice, depth);
      case "array" -> array(schema, name, dice, depth);
      case "string" -> StringNode.valueOf(text(schema, name, dice));
      case "integer" -> MAKE.numberNode(whole(schema, dice));
      case "number" -> MAKE.numberNode(number(schema, dice));
      case "boolean" -> BooleanNode.valueOf(dice.onceIn(2));
      case "null" -> NullNode.instance;
      default -> depth > 5 ? NullNode.instance : any(name, dice, depth);
    };
  }

  private static String type(JsonNode schema, Dice dice) {
    JsonNode type = schema.path("type");
    return type.isArray() ? dice.of(List.copyOf(type.values())).asString() : type.asString("");
  }

  private JsonNode any(String name, Dice dice, int depth) {
    JsonNode schema =
        SpecJson.MAPPER.readTree(
            dice.of(
                List.of(
                    "{\"type\": \"number\"}",
                    "{\"type\": \"string\"}",
                    "{\"type\": \"array\", \"items\": {\"type\": \"number\"}}",
                    "{\"type\": \"object\", \"properties\": {\"b64\": {\"type\": \"string\"}},"
                        + " \"required\": [\"b64\"]}",
                    "{\"type\": \"object\", \"additionalProperties\": {}}")));
    return value(schema, name, dice, depth + 1);
  }

  private ObjectNode object(JsonNode schema, Dice dice, int depth) {
    ObjectNode object = MAKE.objectNode();
    List<String> required =
        schema.path("required").values().stream().map(JsonNode::asString).toList();
    for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
      if (required.contains(member.getKey()) || dice.percent(depth > 4 ? 0 : 30)) {
        object.set(member.getKey(), value(member.getValue(), member.getKey(), dice, depth + 1));
      }
    }
    JsonNode more = schema.path("additionalProperties");
    for (int i = dice.below(3); more.isObject() && depth <= 4 && i > 0; i--) {
      String name = dice.of(NAMES);
      object.set(name, value(more, name, dice, depth + 1));
    }
    return object;
  }

  private ArrayNode array(JsonNode schema, String name, Dice dice, int depth) {
    ArrayNode array = MAKE.arrayNode();
    int least = schema.path("minItems").asInt(0);
    int most = Math.min(schema.path("maxItems").asInt(40), least + (dice.onceIn(20) ? 40 : 2));
    for (int i = least + dice.below(most - least + 1); i > 0; i--) {
      array.add(value(schema.path("items"), name, dice, depth + 1));
    }
    return array;
  }

  String text(JsonNode schema, String name, Dice dice) {
    if (dice.percent(85)) {
      String known = stock.named(name, dice).orElse(null);
      if (known != null) {
        return known;
      }
    }
    if (schema.has("maxLength") && dice.onceIn(10)) {
      return "x".repeat(Math.min(schema.get("maxLength").asInt(), 3000));
    }
    return switch (schema.path("format").asString("")) {
      case "date-time" -> "202%d-01-31T12:00:00Z".formatted(dice.below(10));
      case "duration" -> "PT%dM".formatted(1 + dice.below(99));
      case "uuid" -> "00000000-0000-4000-8000-00000000000" + dice.below(10);
      default ->
          dice.of(List.of("a", "flowers", "r" + dice.below(30), "x".repeat(1 + dice.below(63))));
    };
  }

  private static long whole(JsonNode schema, Dice dice) {
    long least =
        schema
            .path("minimum")
            .asLong(
                schema.path("exclusiveMinimum").asLong(-1)
                    + (schema.has("exclusiveMinimum") ? 1 : 0));
    long most = schema.path("maximum").asLong(schema.path("exclusiveMaximum").asLong(least + 1000));
    return switch (dice.below(8)) {
      case 0 -> least;
      case 1 -> most;
      default ->
          least + dice.below((int) Math.max(1, Math.min(most - least, dice.onceIn(3) ? 1000 : 9)));
    };
  }

  private static double number(JsonNode schema, Dice dice) {
    double least = schema.path("minimum").asDouble(schema.path("exclusiveMinimum").asDouble(-1));
    double most =
        schema.path("maximum").asDouble(schema.path("exclusiveMaximum").asDouble(least + 2));
    return dice.onceIn(8) ? least : least + dice.random().nextDouble() * (most - least);
  }

  /** With one thing in it that is odd. */
  String spoilt(JsonNode body, Dice dice) {
    JsonNode copy = body.deepCopy();
    List<JsonNode> holders = new ArrayList<>();
    collect(copy, holders);
    if (holders.isEmpty() || dice.onceIn(15)) {
      return dice.of(OddValues.JSON);
    }
    String filling = dice.of(OddValues.JSON);
    JsonNode holder = dice.of(holders);
    if (holder instanceof ObjectNode object) {
      List<String> names = new ArrayList<>(object.propertyNames());
      String name = names.isEmpty() ? "a" : dice.of(names);
      switch (dice.below(6)) {
        case 0 -> object.remove(name);
        case 1 -> object.put(dice.of(OddValues.TEXTS), HOLE);
        case 2 -> {
          object.put("twice", HOLE);
          filling = "1, \"%s\": %s".formatted(name, object.path(name));
        }
        default -> object.put(name, HOLE);
      }
    } else if (holder instanceof ArrayNode array) {
      if (array.isEmpty() || dice.onceIn(3)) {
        array.add(HOLE);
      } else {
        array.set(dice.below(array.size()), StringNode.valueOf(HOLE));
      }
    }
    String text = SpecJson.MAPPER.writeValueAsString(copy).replace("\"" + HOLE + "\"", filling);
    return switch (dice.below(20)) {
      case 0 -> text.substring(0, dice.below(text.length() + 1));
      case 1 -> text + dice.of(List.of("}", "x", "{}", ",", "\u0000", " \n"));
      case 2 -> "\uFEFF" + text;
      default -> text;
    };
  }

  private static void collect(JsonNode node, List<JsonNode> holders) {
    if (node.isContainer()) {
      holders.add(node);
      node.forEach(it -> collect(it, holders));
    }
  }
}
