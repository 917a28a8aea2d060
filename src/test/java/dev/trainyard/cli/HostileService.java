package dev.trainyard.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.trainyard.spec.SpecJson;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers as no service of ours would: to clear the screen, to write backwards, to look like HTML.
 */
final class HostileService implements Closeable {

  static final String ID = "00000000-0000-0000-0000-000000000000";
  static final String NAME = "\u001b[2J\u009b31m\u202e\revil";

  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private volatile @Nullable String authorization;

  HostileService() throws IOException {
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Nullable String authorization() {
    return authorization;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    authorization = exchange.getRequestHeaders().getFirst("Authorization");
    String path = exchange.getRequestURI().getPath();
    if (path.endsWith("/cancel")) {
      send(exchange, 500, "<html>" + NAME);
    } else if (path.endsWith("/log")) {
      exchange.getResponseHeaders().set("Content-Range", "bytes 0-99/100");
      boolean first =
          exchange.getRequestHeaders().getFirst("Range").startsWith("bytes=0")
              || exchange.getRequestHeaders().getFirst("Range").startsWith("bytes=-");
      send(exchange, first ? 206 : 416, NAME + "\n");
    } else if (path.endsWith("/jobs")) {
      ObjectNode page = SpecJson.MAPPER.createObjectNode();
      page.putArray("items").add(job());
      send(exchange, 200, page.toString());
    } else if (path.endsWith(ID)) {
      send(exchange, 200, job().toString());
    } else {
      send(exchange, 200, "<html>" + NAME);
    }
  }

  private static ObjectNode job() {
    ObjectNode job = SpecJson.MAPPER.createObjectNode().put("id", ID).put("name", NAME);
    job.putObject("status").put("state", "FAILED").put("reason", NAME).put("message", NAME);
    return job;
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
