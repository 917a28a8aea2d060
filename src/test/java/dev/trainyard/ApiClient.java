package dev.trainyard;

import dev.trainyard.spec.SpecJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The service's API as a user with curl sees it. */
public final class ApiClient {

  private static final String BOUNDARY = "----trainyard-test";

  private final HttpClient http;
  private final URI root;
  private final List<String> headers;

  public ApiClient(int port) {
    this(
        HttpClient.newHttpClient(),
        URI.create("http://127.0.0.1:" + port),
        List.of("Authorization", TestToken.BEARER));
  }

  private ApiClient(HttpClient http, URI root, List<String> headers) {
    this.http = http;
    this.root = root;
    this.headers = headers;
  }

  /** The same client, sending one more header. */
  public ApiClient with(String header, String value) {
    List<String> more = new ArrayList<>(headers);
    more.addAll(List.of(header, value));
    return new ApiClient(http, root, more);
  }

  /** The same client with another token, or with none if it is empty. */
  public ApiClient withToken(String token) {
    ApiClient nobody = new ApiClient(http, root, List.of());
    return token.isEmpty() ? nobody : nobody.with("Authorization", "Bearer " + token);
  }

  public Answer get(String path) {
    return send(HttpRequest.newBuilder(root.resolve(path)));
  }

  public Answer head(String path) {
    return send(HttpRequest.newBuilder(root.resolve(path)).method("HEAD", BodyPublishers.noBody()));
  }

  public Answer delete(String path) {
    return send(HttpRequest.newBuilder(root.resolve(path)).DELETE());
  }

  public Answer post(String path, String json) {
    return send(
        HttpRequest.newBuilder(root.resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  /** A multipart upload of one file and some fields. */
  public Answer upload(String path, String fileName, byte[] file, Map<String, String> fields) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    fields.forEach(
        (name, value) ->
            body.writeBytes(
                ("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n")
                    .formatted(BOUNDARY, name, value)
                    .getBytes(StandardCharsets.UTF_8)));
    body.writeBytes(
        ("--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n")
            .formatted(BOUNDARY, fileName)
            .getBytes(StandardCharsets.UTF_8));
    body.writeBytes(file);
    body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return send(
        HttpRequest.newBuilder(root.resolve(path))
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(BodyPublishers.ofByteArray(body.toByteArray())));
  }

  public Answer send(HttpRequest.Builder request) {
    for (int i = 0; i < headers.size(); i += 2) {
      request.header(headers.get(i), headers.get(i + 1));
    }
    try {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      return new Answer(response);
    } catch (IOException e) {
      throw new AssertionError("No answer", e);
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted", e);
    }
  }

  public URI uri(String path) {
    return root.resolve(path);
  }

  /** One answer. */
  public record Answer(HttpResponse<byte[]> response) {

    public int status() {
      return response.statusCode();
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    public byte[] bytes() {
      return response.body();
    }

    public String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
      return SpecJson.MAPPER.readTree(response.body());
    }
  }
}
