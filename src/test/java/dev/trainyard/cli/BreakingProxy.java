package dev.trainyard.cli;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Stands before a service and breaks the first connections, each after some bytes of answers. */
final class BreakingProxy implements Closeable {

  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ByteArrayOutputStream asked = new ByteArrayOutputStream();
  private final int port;
  private final int[] limits;
  private int connections;

  /**
   * @param port of the service
   * @param limits bytes of answers on the first, second ... connection; later ones are whole
   */
  BreakingProxy(int port, int... limits) throws IOException {
    this.port = port;
    this.limits = limits;
    daemon(this::open);
  }

  String address() {
    return "http://127.0.0.1:" + door.getLocalPort();
  }

  /** All that clients have sent. */
  synchronized String asked() {
    return asked.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    door.close();
  }

  private void open() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Socket service = new Socket(InetAddress.getLoopbackAddress(), port);
        int limit = connections < limits.length ? limits[connections] : Integer.MAX_VALUE;
        connections++;
        daemon(() -> pump(client, service, Integer.MAX_VALUE, true));
        daemon(() -> pump(service, client, limit, false));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void pump(Socket from, Socket to, int limit, boolean question) {
    byte[] buffer = new byte[8192];
    int left = limit;
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (question) {
          remember(buffer, read);
        }
        out.write(buffer, 0, Math.min(read, left));
        left -= Math.min(read, left);
        if (left == 0) {
          return;
        }
      }
    } catch (IOException e) {
      // the other one has closed it
    }
  }

  private synchronized void remember(byte[] bytes, int count) {
    asked.write(bytes, 0, count);
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
  }
}
