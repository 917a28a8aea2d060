package dev.trainyard.hostile;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Bytes to the service and back, as they are: clients of HTTP put them in order first. */
final class RawConnection implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 30_000;

  private final int port;
  private Socket socket = new Socket();
  private InputStream in = InputStream.nullInputStream();

  RawConnection(int port) {
    this.port = port;
  }

  /**
   * An answer.
   *
   * @param headers by names in lower case
   */
  record Answer(int status, Map<String, String> headers, String body) {}

  /** Sends a whole request and waits for its answer; the connection is kept if it can be. */
  Answer send(byte[] request) throws IOException {
    boolean fresh = !socket.isConnected() || socket.isClosed();
    try {
      return exchange(request);
    } catch (IOException e) {
      close();
      if (fresh) {
        throw e;
      }
      return exchange(request); // it was closed meanwhile
    }
  }

  private Answer exchange(byte[] request) throws IOException {
    open();
    try {
      write(request);
    } catch (IOException e) {
      // It is refused before all of it was sent; the answer says why.
    }
    String target = new String(request, StandardCharsets.ISO_8859_1).split("\r\n", 2)[0];
    return answer(target.startsWith("HEAD "), target.contains("follow="));
  }

  void open() throws IOException {
    if (!socket.isConnected() || socket.isClosed()) {
      socket = new Socket();
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
      in = new BufferedInputStream(socket.getInputStream());
    }
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Reads the next answer. */
  Answer answer(boolean withoutBody) throws IOException {
    return answer(withoutBody, false);
  }

  /**
   * @param followed whether what is asked for may go on for ever: then its head is enough
   */
  private Answer answer(boolean withoutBody, boolean followed) throws IOException {
    String first = line();
    while (first.startsWith("HTTP/1.1 100")) {
      line();
      first = line();
    }
    int status = Integer.parseInt(first.split(" ")[1]);
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    boolean endless =
        headers.getOrDefault("content-type", "").startsWith("text/event-stream")
            || followed && status < 300;
    String body = withoutBody || endless || status == 204 || status == 304 ? "" : body(headers);
    if (endless || "close".equals(headers.get("connection"))) {
      close();
    }
    return new Answer(status, headers, body);
  }

  private String body(Map<String, String> headers) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if ("chunked".equals(headers.get("transfer-encoding"))) {
      for (int size = chunk(); size > 0; size = chunk()) {
        body.write(in.readNBytes(size));
        line();
      }
      line();
    } else if (headers.containsKey("content-length")) {
      body.write(in.readNBytes(Integer.parseInt(headers.get("content-length"))));
    } else {
      body.write(in.readAllBytes());
      close();
    }
    return body.toString(StandardCharsets.UTF_8);
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line().strip(), 16);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("The connection was closed");
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
