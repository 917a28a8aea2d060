package dev.trainyard.hostile;

import dev.trainyard.TestToken;
import dev.trainyard.spec.SpecJson;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A request while it is made. */
final class Draft {

  final String method;
  final String template;
  final Map<String, String> variables = new LinkedHashMap<>();

  /** Each with its name, as it is sent. */
  final List<String> query = new ArrayList<>();

  final List<String> headers = new ArrayList<>();

  /** Empty for none. */
  String authorization = TestToken.BEARER;

  /** Empty for none. */
  String type = "";

  /** What the body says; null when it is not JSON. */
  @Nullable JsonNode said;

  byte[] body = new byte[0];

  Draft(String method, String template) {
    this.method = method;
    this.template = template;
  }

  void json(String type, JsonNode said) {
    this.type = type;
    this.said = said;
    this.body = SpecJson.MAPPER.writeValueAsBytes(said);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  byte[] bytes() {
    String path = template;
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      String name = variable.getKey();
      String value = encoded(variable.getValue());
      path =
          path.replace("{" + name + "}", name.equals("path") ? value.replace("%2F", "/") : value);
    }
    StringBuilder head = new StringBuilder(method).append(' ').append(path);
    if (!query.isEmpty()) {
      head.append('?').append(String.join("&", query));
    }
    head.append(" HTTP/1.1\r\n");
    if (headers.stream().noneMatch(header -> header.startsWith("Host:"))) {
      head.append("Host: localhost\r\n");
    }
    if (!authorization.isEmpty()) {
      head.append("Authorization: ").append(authorization).append("\r\n");
    }
    if (!type.isEmpty()) {
      head.append("Content-Type: ").append(type).append("\r\n");
    }
    headers.forEach(header -> head.append(header).append("\r\n"));
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }
}
