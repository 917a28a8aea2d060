package dev.trainyard.demo.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks to the service as any client would. Every method throws {@link ApiException} on 4xx/5xx.
 */
public final class ApiClient {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration UPLOAD_PATIENCE = Duration.ofMinutes(10);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final URI base;
  private final String token;

  /**
   * @param base scheme, host and port, like {@code http://127.0.0.1:8080}
   * @param token sent with each request; empty for none
   */
  public ApiClient(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  /** The address of a path of the service, to show to a user. */
  public URI address(String path) {
    return base.resolve(path);
  }

  public JsonNode get(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build());
  }

  /** As {@link #get}, but empty when there is no such thing (404). */
  public Optional<JsonNode> find(String path) throws IOException, InterruptedException {
    try {
      return Optional.of(get(path));
    } catch (ApiException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  public JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build());
  }

  /** Posts a form of text fields and one file, which is streamed from disk. */
  public JsonNode upload(String path, Map<String, String> fields, Path file)
      throws IOException, InterruptedException {
    MultipartForm form = new MultipartForm(fields, file);
    return send(
        request(path)
            .timeout(UPLOAD_PATIENCE)
            .header("Content-Type", form.contentType())
            .POST(form.body())
            .build());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address(path))
            .timeout(PATIENCE)
            .header("Accept", "application/json, application/problem+json");
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    JsonNode answer = read(response.body());
    if (response.statusCode() >= 400) {
      throw new ApiException(request, response.statusCode(), answer);
    }
    return answer;
  }

  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) { // an error page of something between us and the service
      return JSON.createObjectNode().put("detail", body.strip());
    }
  }
}
