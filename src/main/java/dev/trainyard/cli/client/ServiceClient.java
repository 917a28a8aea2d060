package dev.trainyard.cli.client;

import dev.trainyard.spec.SpecJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The service, as any HTTP client sees it. Each method throws {@link RefusedException} on 4xx and
 * 5xx and {@link UnreachableException} when there is no answer.
 */
public final class ServiceClient {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LONGEST_EXCERPT = 300;

  private final HttpClient http;
  private final URI server;
  private final String token;
  private final String project;
  private final Consumer<String> outages;

  /**
   * @param server may have a path, of a proxy
   * @param token sent with each request; empty for none
   * @param project that each request is about; empty to leave it to the service
   * @param outages is told when the service is waited for
   */
  public ServiceClient(URI server, String token, String project, Consumer<String> outages) {
    this.server = server;
    this.token = token;
    this.project = project;
    this.outages = outages;
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10));
    if ("http".equalsIgnoreCase(server.getScheme())) {
      client.sslContext(new NoTls()).sslParameters(new SSLParameters());
    }
    this.http = client.build();
  }

  /** A string of the user's as one segment of a path, or as a value in a query. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  public Answer get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  public Answer post(String path) throws IOException, InterruptedException {
    return send(request(path).POST(BodyPublishers.noBody()));
  }

  /** A request to be completed and sent. */
  public HttpRequest.Builder request(String path) {
    String root = server.toString();
    String base = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(PATIENCE)
            .header("Accept", "application/json, application/problem+json;q=0.9, */*;q=0.8");
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return project.isEmpty() ? request : request.header("X-Trainyard-Project", project);
  }

  public Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        exchange(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    if (response.statusCode() >= 400) {
      throw refused(response.statusCode(), response.body());
    }
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  /** As {@link #send}, whatever the status is. */
  <T> HttpResponse<T> exchange(HttpRequest.Builder request, BodyHandler<T> body)
      throws UnreachableException, InterruptedException {
    try {
      return http.send(request.build(), body);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * Sends a request that makes something, again if need be; its Idempotency-Key sees to it that it
   * is made once.
   */
  public Answer sendOnce(HttpRequest.Builder request, String key)
      throws IOException, InterruptedException {
    request.setHeader("Idempotency-Key", key);
    Patience patience = patience();
    while (true) {
      try {
        return send(request);
      } catch (IOException e) {
        patience.endure(e);
      }
    }
  }

  public Patience patience() {
    return new Patience(outages);
  }

  UnreachableException broken(IOException cause) {
    return new UnreachableException(server, cause);
  }

  RefusedException refused(int status, String body) {
    return new RefusedException(status, problem(body));
  }

  private static JsonNode problem(String body) {
    try {
      return SpecJson.MAPPER.readTree(body);
    } catch (JacksonException e) { // an error page of something between us and the service
      String excerpt = body.length() > LONGEST_EXCERPT ? body.substring(0, LONGEST_EXCERPT) : body;
      return SpecJson.MAPPER.createObjectNode().put("detail", excerpt.strip());
    }
  }
}
