package dev.trainyard.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.ApiClient;
import dev.trainyard.TestToken;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever is slow waits for himself; the service answers the others. */
class SlowClientsTest extends HostileService {

  private static final String GET =
      "GET /v3/api-docs HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\n";

  private final List<Socket> slow = new ArrayList<>();

  @AfterEach
  void let_go() throws IOException {
    for (Socket socket : slow) {
      socket.close();
    }
  }

  @Test
  void a_thousand_connections_that_say_nothing() throws IOException {
    open(1000, "", 0);
    others_are_answered();
  }

  @Test
  void headers_that_come_letter_by_letter() throws IOException {
    open(400, "GET /api/v1/jobs HTTP/1.1\r\nHost: loc", 0);
    for (Socket socket : slow) {
      socket.getOutputStream().write('a');
    }
    others_are_answered();
  }

  @Test
  void bodies_that_come_letter_by_letter() throws IOException {
    open(
        100,
        "POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
            + TestToken.BEARER
            + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{",
        0);
    others_are_answered();
  }

  /** More than there are threads: a request that is refused must not hold one. */
  @Test
  void bodies_of_strangers_that_come_letter_by_letter() throws IOException {
    open(
        250,
        "POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 1000\r\n\r\n{",
        0);
    for (Socket socket : slow) {
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 401");
    }
    others_are_answered();
  }

  @Test
  void readers_that_take_a_byte_now_and_then() throws IOException {
    open(100, GET.formatted(TestToken.BEARER) + "\r\n", 1024);
    for (Socket socket : slow) {
      assertThat(socket.getInputStream().read()).isEqualTo('H');
    }
    others_are_answered();
  }

  private void open(int count, String begun, int receiveBuffer) throws IOException {
    for (int i = 0; i < count; i++) {
      Socket socket = new Socket();
      if (receiveBuffer > 0) {
        socket.setReceiveBufferSize(receiveBuffer);
      }
      socket.setSoTimeout(30_000);
      socket.connect(new InetSocketAddress("127.0.0.1", port), 30_000);
      socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
      slow.add(socket);
    }
  }

  private void others_are_answered() {
    ApiClient api = new ApiClient(port);
    for (int i = 0; i < 20; i++) {
      assertThat(api.get("/api/v1/jobs").status()).isEqualTo(200);
    }
  }
}
