package dev.trainyard.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.TemporaryData;
import dev.trainyard.TestToken;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Under which names the service answers, and how fast one may ask. */
@Tag("h2")
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "trainyard.worker.slots=0",
      "trainyard.security.allowed-hosts=ml.example.org",
      "trainyard.security.limits.requests-per-second=5"
    })
class HostTest {

  private static final Path data = TemporaryData.folder();

  @LocalServerPort private int port;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("trainyard.data-dir", data::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "LOCALHOST:8080, 200",
    "127.0.0.1, 200",
    "10.1.2.3:80, 200",
    "[::1]:8080, 200",
    "ml.example.org, 200",
    "ml.example.org:443, 200",
    "evil.example, 421",
    "localhost.evil.example, 421",
    "127.0.0.1.evil.example, 421",
    "evil.example:8080, 421",
    "1e3.example, 421"
  })
  void a_name_that_was_rebound_is_refused(String host, int status) throws IOException {
    String answer = ask("GET /actuator/health HTTP/1.1\r\nHost: " + host + "\r\n");
    assertThat(answer).as(host).startsWith("HTTP/1.1 " + status + " ");
    if (status == 421) {
      assertThat(answer).contains("/problems/host-refused", "trainyard.security.allowed-hosts");
    }
  }

  @Test
  void a_caller_who_is_too_fast_is_told_when_to_come_back() throws IOException {
    String last = "";
    for (int n = 0; n < 200 && !last.startsWith("HTTP/1.1 429"); n++) {
      last =
          ask(
              "GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                  + TestToken.BEARER
                  + "\r\n");
    }
    assertThat(last)
        .startsWith("HTTP/1.1 429")
        .containsIgnoringCase("Retry-After: 1")
        .contains("5 requests a second", "trainyard.security.limits.requests-per-second");
  }

  private String ask(String head) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket
          .getOutputStream()
          .write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
