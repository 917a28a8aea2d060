package dev.trainyard.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.ApiClient;
import dev.trainyard.TemporaryData;
import dev.trainyard.TestToken;
import dev.trainyard.hostile.RawConnection.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that are far too large are refused, and the refusal names the limit. */
class OversizedTest extends HostileService {

  private static final String JOB =
      "{\"name\": \"j\", \"dataset\": \"d\", \"model\": {\"type\": \"cnn\"}%s}";
  private static final String READ = "spring.jackson.factory.constraints.read.";
  private static final String LONG = READ + "max-document-length";

  @AfterEach
  void nothing_is_left_of_it() {
    assertThat(TemporaryData.halfWritten(DATA)).isEmpty();
    assertThat(new ApiClient(port).get("/actuator/health").status()).isEqualTo(200);
  }

  @Test
  void json_that_is_nested_too_deep() throws IOException {
    for (String open : new String[] {"[", "{\"a\":"}) {
      String deep = open.repeat(100_000);
      refused(clone("{\"input\": " + deep), 422, READ + "max-nesting-depth");
      assertThat(job(", \"input\": " + deep).status()).isEqualTo(422);
    }
    String deep = "{\"instances\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThat(post("/v1/models/none:predict", deep).status()).isBetween(400, 499);
  }

  @Test
  void json_that_is_too_long() throws IOException {
    refused(clone("{\"input\": [" + "1,".repeat(1_000_000) + "1]}"), 413, LONG);
    StringBuilder members = new StringBuilder("{\"m\": 1");
    for (int i = 0; i < 1_000_000; i++) {
      members.append(", \"m").append(i).append("\": 1");
    }
    refused(clone(members + "}"), 413, LONG);
    String text = "\"" + "x".repeat(300_000) + "\"";
    refused(job(", \"register\": {\"model\": " + text + "}"), 422, READ + "max-string-length");
    refused(job(", \"" + "n".repeat(2000) + "\": 1"), 422, READ + "max-name-length");
  }

  @Test
  void numbers_that_are_too_long_or_too_large() throws IOException {
    refused(
        job(", \"training\": {\"batchSize\": " + "9".repeat(2000) + "}"),
        422,
        READ + "max-number-length");
    for (String number : new String[] {"1e999999999", "-1e999999999", "1e-999999999", "1e400"}) {
      for (String field : new String[] {"batchSize", "seed", "labelSmoothing", "weightDecay"}) {
        Answer answer = job(", \"training\": {\"%s\": %s}".formatted(field, number));
        assertThat(answer.status()).as(field + " " + number + answer.body()).isEqualTo(422);
      }
    }
  }

  @Test
  void a_request_line_or_a_header_of_a_megabyte_and_two_hundred_headers() throws IOException {
    String megabyte = "a".repeat(1 << 20);
    try (RawConnection connection = new RawConnection(port)) {
      refused(
          connection.send(Places.request("GET", "/api/v1/jobs/" + megabyte, "", "", "")),
          431,
          "server.max-http-request-header-size");
    }
    try (RawConnection connection = new RawConnection(port)) {
      refused(
          connection.send(
              Places.request("GET", "/api/v1/jobs", "X-Long: " + megabyte + "\r\n", "", "")),
          431,
          "server.max-http-request-header-size");
    }
    try (RawConnection connection = new RawConnection(port)) {
      refused(
          connection.send(Places.request("GET", "/api/v1/jobs", "X: y\r\n".repeat(200), "", "")),
          431,
          "100 headers");
    }
    try (RawConnection connection = new RawConnection(port)) {
      refused(
          connection.send(Places.request("GET", "/api/v1/jobs?" + "a=1&".repeat(1500), "", "", "")),
          422,
          "server.tomcat.max-parameter-count");
    }
  }

  @Test
  void a_form_of_ten_thousand_parts() throws IOException {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      form.append("--b\r\nContent-Disposition: form-data; name=\"p")
          .append(i)
          .append("\"\r\n\r\nx\r\n");
    }
    refused(multipart(form + "--b--\r\n"), 413, "server.tomcat.max-part-count");
    refused(
        multipart(
            "--b\r\nContent-Disposition: form-data; name=\"name\"; x=\""
                + "y".repeat(20_000)
                + "\"\r\n\r\nx\r\n--b--\r\n"),
        413,
        "server.tomcat.max-part-header-size");
  }

  @Test
  void a_body_in_chunks_that_never_ends() throws IOException {
    byte[] chunk = ("10000\r\n" + " ".repeat(1 << 16) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    try (RawConnection connection = new RawConnection(port)) {
      connection.open();
      connection.write(
          ("POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                  + TestToken.BEARER
                  + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      int sent = 0;
      try {
        for (; sent < 1000; sent++) {
          connection.write(chunk);
        }
      } catch (IOException refused) {
        // Nobody reads it any more.
      }
      assertThat(sent).isLessThan(1000);
    }
  }

  @Test
  void more_bytes_than_an_upload_was_to_have() throws IOException {
    ApiClient api = new ApiClient(port).with("Tus-Resumable", "1.0.0");
    try (RawConnection connection = new RawConnection(port)) {
      Answer begun =
          connection.send(
              Places.request("POST", "/api/v1/uploads", "Upload-Length: 10\r\n", "", ""));
      String place = begun.headers().get("location");
      String head = "Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n";
      refused(
          connection.send(
              Places.request(
                  "PATCH", place, head, "application/offset+octet-stream", "x".repeat(100_000))),
          413,
          "10 that the upload was to have");
      assertThat(api.head(place).header("Upload-Offset")).isIn("0", "10");
      assertThat(api.delete(place).status()).isEqualTo(204);
    }
    String many = "Upload-Length: 10\r\nUpload-Metadata: " + "a,".repeat(3000) + "a\r\n";
    try (RawConnection connection = new RawConnection(port)) {
      String taken = many.substring(0, many.length() - 2200) + "\r\n";
      Answer begun = connection.send(Places.request("POST", "/api/v1/uploads", taken, "", ""));
      assertThat(begun.status()).as(begun.body()).isEqualTo(201);
      assertThat(api.delete(begun.headers().get("location")).status()).isEqualTo(204);
    }
    try (RawConnection connection = new RawConnection(port)) {
      refused(
          connection.send(Places.request("POST", "/api/v1/uploads", many, "", "")), 422, "4000");
      refused(
          connection.send(
              Places.request(
                  "POST", "/api/v1/uploads", "Upload-Length: 9999999999999\r\n", "", "")),
          413,
          "trainyard.upload.max-size");
    }
  }

  private Answer job(String more) throws IOException {
    return post("/api/v1/jobs", JOB.formatted(more));
  }

  /** Takes any fields, so that all of them are read. */
  private Answer clone(String changes) throws IOException {
    return post("/api/v1/jobs/00000000-0000-0000-0000-000000000000/clone", changes);
  }

  private Answer multipart(String body) throws IOException {
    try (RawConnection connection = new RawConnection(port)) {
      return connection.send(
          Places.request("POST", "/api/v1/datasets", "", "multipart/form-data; boundary=b", body));
    }
  }

  private Answer post(String path, String json) throws IOException {
    try (RawConnection connection = new RawConnection(port)) {
      return connection.send(Places.request("POST", path, "", "application/json", json));
    }
  }

  private static void refused(Answer answer, int status, String limit) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(limit);
  }
}
