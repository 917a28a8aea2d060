package dev.trainyard.event.stream;

import dev.trainyard.event.Event;
import dev.trainyard.spec.SpecJson;
import java.nio.charset.StandardCharsets;

/** The wire format: text/event-stream of the HTML standard. */
public final class ServerSentEvent {

  /** How long clients wait before they connect again. */
  private static final int RETRY_MILLIS = 2000;

  private ServerSentEvent() {}

  static byte[] of(Event event) {
    return bytes(text(event.place(), event.type().wireName(), event.data()));
  }

  /**
   * @param data one line
   */
  public static String text(long id, String type, String data) {
    return "id: " + id + "\nevent: " + type + "\ndata: " + data + "\n\n";
  }

  public static String text(long id, String type, Object data) {
    return text(id, type, SpecJson.MAPPER.writeValueAsString(data));
  }

  /** The beginning of a stream. The id counts although no event comes with it. */
  public static String start(long id) {
    return "retry: " + RETRY_MILLIS + "\nid: " + id + "\n\n";
  }

  /** A comment; the id tells a client that filters how far it is. */
  public static byte[] heartbeat(long id) {
    return bytes(": \nid: " + id + "\n\n");
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
