package dev.trainyard.hostile;

import dev.trainyard.TinyImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.JsonNode;

/** Bodies of type multipart/form-data. */
record RandomForm(RandomJson json, Dice dice) {

  static final String BOUNDARY = "-b-";

  private static final byte[] ZIP = TinyImages.zip(2, 1);
  private static final List<byte[]> FILES =
      List.of(
          ZIP,
          ZIP,
          Arrays.copyOf(ZIP, ZIP.length / 2),
          TinyImages.jpeg(1, 1),
          TinyImages.jpeg(2, 1),
          new byte[0],
          "PK".getBytes(StandardCharsets.UTF_8),
          aModel());

  byte[] of(JsonNode schema) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    List<String> required =
        schema.path("required").values().stream().map(JsonNode::asString).toList();
    for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
      JsonNode described = json.resolved(member.getValue());
      boolean several = described.has("items");
      JsonNode one = several ? json.resolved(described.get("items")) : described;
      boolean file = one.path("format").asString("").equals("binary");
      if (required.contains(member.getKey()) || dice.percent(likely(member.getKey()))) {
        for (int i = several ? 1 + dice.below(3) : 1; i > 0; i--) {
          part(body, member.getKey(), one, file);
        }
      }
    }
    if (dice.onceIn(20)) {
      part(body, dice.of(OddValues.TEXTS), schema, dice.onceIn(2));
    }
    body.writeBytes(bytes(dice.onceIn(30) ? "" : "--" + BOUNDARY + "--\r\n"));
    return body.toByteArray();
  }

  /** Whoever sends more than a file and its name mostly contradicts himself. */
  private static int likely(String part) {
    return part.equals("file") || part.equals("name") ? 90 : 10;
  }

  private void part(ByteArrayOutputStream body, String name, JsonNode schema, boolean file) {
    StringBuilder head = new StringBuilder("--" + BOUNDARY + "\r\nContent-Disposition: form-data");
    head.append(dice.onceIn(40) ? "" : "; name=\"" + name + "\"");
    if (file && !dice.onceIn(20)) {
      head.append("; filename=\"").append(dice.onceIn(10) ? oddName() : "a.zip").append('"');
    }
    if (dice.onceIn(10)) {
      head.append("\r\nContent-Type: ").append(dice.of(OddValues.CONTENT_TYPES));
    }
    body.writeBytes(bytes(head + "\r\n\r\n"));
    body.writeBytes(file ? dice.of(FILES) : bytes(text(name, schema)));
    body.writeBytes(bytes("\r\n"));
  }

  private String text(String name, JsonNode schema) {
    return dice.onceIn(12)
        ? dice.of(OddValues.TEXTS)
        : json.value(schema, name, dice, 0).asString("");
  }

  private String oddName() {
    return dice.of(OddValues.TEXTS).replace("\"", "");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** In the shape of a SavedModel, with a graph that is none. */
  private static byte[] aModel() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name :
          List.of(
              "saved_model.pb",
              "variables/variables.index",
              "variables/variables.data-00000-of-00001")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes(name));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
