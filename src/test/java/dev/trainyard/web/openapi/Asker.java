package dev.trainyard.web.openapi;

import dev.trainyard.TestToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Asks for operations, holds each answer against the contract, and remembers who answered well. */
final class Asker {

  private static final String BOUNDARY = "--------contract";

  /**
   * @param violations how it differs from the contract
   */
  record Answer(String asked, HttpResponse<?> response, byte[] body, List<String> violations) {

    int status() {
      return response.statusCode();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    @Override
    public String toString() {
      return "%s: %d %s".formatted(asked, status(), new String(body, StandardCharsets.UTF_8));
    }
  }

  private final HttpClient http;
  private final URI root;
  private final Contract contract;
  private final Set<String> answered;
  private final List<String> headers;

  Asker(int port, Contract contract) {
    this(
        HttpClient.newHttpClient(),
        URI.create("http://127.0.0.1:" + port),
        contract,
        new TreeSet<>(),
        List.of("Authorization", TestToken.BEARER));
  }

  private Asker(
      HttpClient http, URI root, Contract contract, Set<String> answered, List<String> headers) {
    this.http = http;
    this.root = root;
    this.contract = contract;
    this.answered = answered;
    this.headers = headers;
  }

  Asker with(String header, String value) {
    List<String> more = new ArrayList<>(headers);
    more.addAll(List.of(header, value));
    return new Asker(http, root, contract, answered, more);
  }

  Contract contract() {
    return contract;
  }

  /** Operations that have not been asked for with success. */
  Set<String> unanswered() {
    Set<String> all = contract.operations();
    all.removeAll(answered);
    return all;
  }

  /**
   * @param template of the path, with a query or without
   * @param values of its variables, in order
   */
  Answer ask(String method, String template, String... values) {
    return send(method, template, null, new byte[0], values);
  }

  Answer form(
      String method,
      String template,
      String part,
      byte[] file,
      Map<String, String> fields,
      String... values) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    fields.forEach((name, value) -> part(body, "name=\"" + name + "\"", value.getBytes()));
    part(body, "name=\"" + part + "\"; filename=\"a.zip\"", file);
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes());
    String type = "multipart/form-data; boundary=" + BOUNDARY;
    return send(method, template, type, body.toByteArray(), values);
  }

  private static void part(ByteArrayOutputStream body, String disposition, byte[] content) {
    body.writeBytes(
        ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n")
            .getBytes());
    body.writeBytes(content);
    body.writeBytes("\r\n".getBytes());
  }

  Answer send(String method, String template, String type, byte[] body, String... values) {
    String path = template;
    for (String value : values) {
      path = path.replaceFirst("\\{\\w+\\}", value);
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(root.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (type != null) {
      request.header("Content-Type", type);
    }
    for (int i = 0; i < headers.size(); i += 2) {
      request.header(headers.get(i), headers.get(i + 1));
    }
    String operation = template.replaceFirst("\\?.*", "");
    try {
      HttpResponse<InputStream> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      String contentType = response.headers().firstValue("Content-Type").orElse(null);
      byte[] answer = read(response, contentType);
      List<String> violations =
          contract.violations(method, operation, response.statusCode(), contentType, answer);
      if (response.statusCode() < 300 && violations.isEmpty()) {
        answered.add(method + " " + operation);
        violations = again(method, template, response.headers().firstValue("ETag"), values);
      }
      return new Answer(method + " " + path, response, answer, violations);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(method + " " + path, e);
    }
  }

  /** Who has it already is not sent it. */
  private List<String> again(
      String method, String template, Optional<String> tag, String... values) {
    if (!method.equals("GET") || tag.isEmpty() || headers.contains("If-None-Match")) {
      return List.of();
    }
    Answer again = with("If-None-Match", tag.get()).ask(method, template, values);
    boolean changed = again.status() == 200 && !again.header("ETag").equals(tag.get());
    return again.status() == 304 || changed
        ? again.violations()
        : List.of("asked again with its tag it is " + again.status());
  }

  /** Of a stream that does not end, what comes first. */
  private static byte[] read(HttpResponse<InputStream> response, String type) throws IOException {
    try (InputStream in = response.body()) {
      return type != null && type.startsWith("text/event-stream")
          ? in.readNBytes(10)
          : in.readAllBytes();
    }
  }
}
