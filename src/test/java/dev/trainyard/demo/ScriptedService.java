package dev.trainyard.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A real HTTP server that answers each request by its script, in order; the last answer of a path
 * is given again and again.
 */
final class ScriptedService implements AutoCloseable {

  record Answer(int status, String body) {}

  private final HttpServer server;
  private final Map<String, Deque<Answer>> script = new ConcurrentHashMap<>();
  private final List<String> requests = new ArrayList<>();
  private final Map<String, byte[]> bodies = new ConcurrentHashMap<>();

  ScriptedService() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /**
   * @param request method and path, like {@code GET /api/v1/jobs/1}
   */
  ScriptedService on(String request, int status, String body) {
    script.computeIfAbsent(request, key -> new ArrayDeque<>()).add(new Answer(status, body));
    return this;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Methods and paths in the order of their arrival. */
  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  /** The body last sent with a request, bytes as ISO 8859-1. */
  String body(String request) {
    return new String(bodies.get(request), StandardCharsets.ISO_8859_1);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    requests.add(request);
    bodies.put(request, exchange.getRequestBody().readAllBytes());
    Deque<Answer> answers = script.get(request);
    Answer answer =
        answers == null
            ? new Answer(500, "{\"title\": \"Not in the script\"}")
            : answers.size() > 1 ? answers.pop() : answers.peek();
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
