package dev.trainyard;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes spans as a collector does: OTLP over HTTP, in protobuf. */
final class OtlpReceiver implements AutoCloseable {

  private final HttpServer server;
  private final List<Span> spans = new CopyOnWriteArrayList<>();

  OtlpReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  /** The property that sends spans here, {@code name=value}. */
  String property() {
    return "management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:%d/v1/traces"
        .formatted(server.getAddress().getPort());
  }

  /** What has come of a trace, in the order of their beginning. */
  List<Span> of(String trace, String name) {
    return spans.stream()
        .filter(span -> span.trace.equals(trace) && span.name.equals(name))
        .sorted((a, b) -> Long.compare(a.start, b.start))
        .toList();
  }

  private void take(HttpExchange exchange) throws IOException {
    UnknownFieldSet request = UnknownFieldSet.parseFrom(exchange.getRequestBody());
    for (UnknownFieldSet resource : messages(request, 1)) {
      for (UnknownFieldSet scope : messages(resource, 2)) {
        messages(scope, 2).forEach(span -> spans.add(Span.of(span)));
      }
    }
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private static List<UnknownFieldSet> messages(UnknownFieldSet in, int field) {
    return in.getField(field).getLengthDelimitedList().stream().map(OtlpReceiver::parsed).toList();
  }

  private static UnknownFieldSet parsed(ByteString bytes) {
    try {
      return UnknownFieldSet.parseFrom(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /**
   * @param start in nanoseconds, as {@code end}
   * @param attributes texts and whole numbers
   */
  record Span(
      String trace,
      String id,
      String parent,
      String name,
      long start,
      long end,
      Map<String, Object> attributes) {

    private static Span of(UnknownFieldSet span) {
      Map<String, Object> attributes = new TreeMap<>();
      for (UnknownFieldSet attribute : messages(span, 9)) {
        UnknownFieldSet value = messages(attribute, 2).get(0);
        attributes.put(
            text(attribute, 1),
            value.hasField(1) ? text(value, 1) : value.getField(3).getVarintList().get(0));
      }
      return new Span(
          hex(span, 1),
          hex(span, 2),
          hex(span, 4),
          text(span, 5),
          span.getField(7).getFixed64List().get(0),
          span.getField(8).getFixed64List().get(0),
          attributes);
    }

    private static String hex(UnknownFieldSet in, int field) {
      return in.getField(field).getLengthDelimitedList().stream()
          .map(bytes -> HexFormat.of().formatHex(bytes.toByteArray()))
          .findFirst()
          .orElse("");
    }

    private static String text(UnknownFieldSet in, int field) {
      return in.getField(field).getLengthDelimitedList().get(0).toStringUtf8();
    }

    Object attribute(String name) {
      return attributes.get(name);
    }

    boolean holds(Span other) {
      return other.parent.equals(id) && start <= other.start && other.end <= end;
    }
  }
}
