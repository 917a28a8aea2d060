package dev.trainyard.dataset.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.TestToken;
import dev.trainyard.Trainyard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on a free port with a data folder of its own, and a client of it. */
final class DatasetService implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String DATASETS = "/api/v1/datasets";

  private final ConfigurableApplicationContext context;
  private final URI root;
  private final HttpClient client = HttpClient.newHttpClient();

  DatasetService(Path data, String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "--trainyard.data-dir=" + data;
    all[1] = "--server.port=0";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    this.context = new SpringApplicationBuilder(Trainyard.class).run(all);
    this.root =
        URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  HttpResponse<String> get(String path) {
    return send(request(root.resolve(DATASETS + path)).build());
  }

  HttpResponse<byte[]> bytes(String path, String... headers) {
    HttpRequest.Builder request = request(root.resolve(DATASETS + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  HttpResponse<String> delete(String path) {
    return send(request(root.resolve(DATASETS + path)).DELETE().build());
  }

  JsonNode json(String path) {
    return JSON.readTree(get(path).body());
  }

  static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  /** The parts of a form in their order; the part {@code file} is sent as a file. */
  HttpResponse<String> post(Map<String, ?> parts) {
    return send(
        request(root.resolve(DATASETS))
            .header("Content-Type", "multipart/form-data; boundary=-b-")
            .POST(HttpRequest.BodyPublishers.ofByteArray(multipart(parts)))
            .build());
  }

  HttpResponse<String> upload(String name, byte[] archive) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("name", name);
    parts.put("file", archive);
    return post(parts);
  }

  /** What became of an upload once it is no longer being converted. */
  JsonNode uploadAndAwait(String name, byte[] archive) {
    HttpResponse<String> response = upload(name, archive);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    return await(json(response).get("id").asString());
  }

  JsonNode await(String id) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> json("/" + id), d -> !d.get("state").asString().equals("CONVERTING"));
  }

  private static byte[] multipart(Map<String, ?> parts) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    parts.forEach(
        (name, value) -> {
          boolean file = value instanceof byte[];
          String header =
              "---b-\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n"
                  .formatted(name, file ? "; filename=\"../../evil 🌹.zip\"" : "");
          body.writeBytes(header.getBytes(StandardCharsets.UTF_8));
          body.writeBytes(
              file ? (byte[]) value : value.toString().getBytes(StandardCharsets.UTF_8));
          body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        });
    body.writeBytes("---b---\r\n".getBytes(StandardCharsets.UTF_8));
    return body.toByteArray();
  }

  private HttpResponse<String> send(HttpRequest request) {
    return send(request, HttpResponse.BodyHandlers.ofString());
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    context.close();
  }

  private static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).header("Authorization", TestToken.BEARER);
  }
}
