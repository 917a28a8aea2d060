package dev.trainyard.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.ApiClient;
import dev.trainyard.ApiClient.Answer;
import dev.trainyard.TemporaryData;
import dev.trainyard.TestToken;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** Keys, the page's sessions, and what other sites' pages send, as clients see them. */
@Tag("database")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class KeyApiTest {

  private static final Path data = TemporaryData.folder();
  private static final String KEYS = "/api/v1/keys";
  private static final String SESSION = "/api/v1/session";
  private static final String AUDIT = "/api/v1/audit";
  private static final String UPLOADS = "/api/v1/uploads";

  private ApiClient admin;
  private ApiClient nobody;
  private int port;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("trainyard.data-dir", data::toString);
    registry.add("trainyard.worker.slots", () -> 0);
  }

  @BeforeAll
  void start(@LocalServerPort int port) {
    this.port = port;
    admin = new ApiClient(port);
    nobody = admin.withToken("");
  }

  @Test
  void a_key_is_made_used_rotated_and_revoked(CapturedOutput log) {
    Answer made =
        admin.post(
            KEYS, "{\"name\": \"nightly\", \"scope\": \"read\", \"projects\": [\"vision\"]}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.header("Cache-Control")).isEqualTo("no-store");
    String first = made.json().get("secret").asString();
    assertThat(first).matches(Token.FORM);
    String path = made.header("Location");
    assertThat(path).isEqualTo(KEYS + "/" + first.substring(3, 11));

    JsonNode who = admin.withToken(first).get(SESSION).json();
    assertThat(who.get("name").asString()).isEqualTo("nightly");
    assertThat(who.get("scope").asString()).isEqualTo("read");
    assertThat(who.get("projects").get(0).asString()).isEqualTo("vision");
    assertThat(admin.withToken(first).post("/api/v1/jobs", "{}").status()).isEqualTo(403);
    assertThat(admin.withToken(first).get(KEYS).status()).isEqualTo(403);
    assertThat(admin.get(path).json().get("lastUsedTime").asString()).isNotEmpty();

    String second = rotate(path, "PT1H");
    assertThat(admin.withToken(first).get(SESSION).status()).isEqualTo(200);
    assertThat(admin.withToken(second).get(SESSION).status()).isEqualTo(200);
    String third = rotate(path, "PT0S");
    assertThat(admin.withToken(first).get(SESSION).status()).isEqualTo(401);
    assertThat(admin.withToken(second).get(SESSION).status()).isEqualTo(401);
    assertThat(admin.withToken(third).get(SESSION).status()).isEqualTo(200);

    assertThat(admin.delete(path).status()).isEqualTo(204);
    assertThat(admin.withToken(third).get(SESSION).status()).isEqualTo(401);
    assertThat(admin.get(path).status()).isEqualTo(404);
    assertThat(admin.delete(path).status()).isEqualTo(404);
    assertThat(admin.get(KEYS).text()).doesNotContain(first, second, third, "sha256");
    assertThat(log.getAll()).doesNotContainPattern(Token.FORM);
  }

  @Test
  void a_key_expires() {
    String expiry = Clock.systemUTC().instant().plusMillis(1500).toString();
    Answer made =
        admin.post(
            KEYS, "{\"name\": \"short\", \"scope\": \"read\", \"expireTime\": \"" + expiry + "\"}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    ApiClient holder = admin.withToken(made.json().get("secret").asString());
    assertThat(holder.get(SESSION).status()).isEqualTo(200);

    await().until(() -> holder.get(SESSION).status() == 401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"scope\": \"read\"}; name",
        "{\"name\": \"Nightly!\", \"scope\": \"read\"}; name",
        "{\"name\": \"n\"}; scope",
        "{\"name\": \"n\", \"scope\": \"root\"}; scope",
        "{\"name\": \"n\", \"scope\": \"read\", \"projects\": []}; projects",
        "{\"name\": \"n\", \"scope\": \"read\", \"projects\": [\"../x\"]}; projects[0]",
        "{\"name\": \"n\", \"scope\": \"read\", \"expireTime\": \"2020-01-01T00:00:00Z\"}; expireTime",
        "{\"name\": \"n\", \"scope\": \"read\", \"expireTime\": \"+10000-01-01T00:00:00Z\"}; expireTime",
        "{\"name\": \"n\", \"scope\": \"read\", \"secret\": \"mine\"}; secret"
      })
  void what_is_wrong_with_a_wish_is_named(String wish, String field) {
    Answer refused = admin.post(KEYS, wish);
    assertThat(refused.status()).as(refused.text()).isEqualTo(422);
    assertThat(refused.json().get("errors").get(0).get("field").asString()).isEqualTo(field);
  }

  @Test
  void what_has_no_token_is_told_how_to_send_one_and_a_browser_is_sent_to_sign_in() {
    Answer refused = nobody.get("/api/v1/jobs");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"trainyard\"");
    assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
    assertThat(refused.json().get("detail").asString()).contains("Authorization: Bearer");

    Answer visit = nobody.with("Accept", "text/html,*/*;q=0.8").get("/");
    assertThat(visit.status()).isEqualTo(302);
    assertThat(visit.header("Location")).endsWith("/signin");
    assertThat(nobody.get("/signin").text()).contains("Sign in");
  }

  @Test
  void a_session_may_do_what_its_key_may_and_ends_with_it() {
    String secret =
        admin
            .post(KEYS, "{\"name\": \"anna\", \"scope\": \"submit\"}")
            .json()
            .get("secret")
            .asString();
    Answer signedIn = nobody.post(SESSION, "{\"token\": \"" + secret + "\"}");
    assertThat(signedIn.status()).as(signedIn.text()).isEqualTo(200);
    String cookie = signedIn.header("Set-Cookie");
    assertThat(cookie)
        .contains("; HttpOnly", "; SameSite=Strict", "; Path=/")
        .doesNotContain(secret, "Domain");
    ApiClient browser = nobody.with("Cookie", cookie.replaceAll(";.*", ""));
    assertThat(browser.get(SESSION).json().get("name").asString()).isEqualTo("anna");
    assertThat(browser.get("/api/v1/jobs").status()).isEqualTo(200);
    assertThat(browser.get(KEYS).status()).isEqualTo(403);

    Answer forged = browser.send(upload());
    assertThat(forged.status()).isEqualTo(403);
    assertThat(forged.json().get("detail").asString()).contains("X-CSRF-Token");
    String csrf = browser.get(SESSION).json().get("csrfToken").asString();
    assertThat(browser.with("X-CSRF-Token", "0" + csrf).send(upload()).status()).isEqualTo(403);
    ApiClient page = browser.with("X-CSRF-Token", csrf);
    assertThat(page.send(upload()).status()).isEqualTo(201);

    assertThat(admin.delete(KEYS + "/" + secret.substring(3, 11)).status()).isEqualTo(204);
    assertThat(browser.get(SESSION).status()).isEqualTo(401);
  }

  @Test
  void signing_out_ends_the_session_wherever_its_cookie_is() {
    Answer signedIn = nobody.post(SESSION, "{\"token\": \"" + TestToken.VALUE + "\"}");
    ApiClient browser = nobody.with("Cookie", signedIn.header("Set-Cookie").replaceAll(";.*", ""));
    String csrf = signedIn.json().get("csrfToken").asString();

    Answer out = browser.with("X-CSRF-Token", csrf).delete(SESSION);

    assertThat(out.status()).isEqualTo(204);
    assertThat(out.header("Set-Cookie")).contains("Max-Age=0");
    assertThat(browser.get(SESSION).status()).isEqualTo(401);
    assertThat(nobody.post(SESSION, "{\"token\": \"guessed\"}").status()).isEqualTo(401);
    assertThat(nobody.post(SESSION, "{\"token\": \"\"}").status()).isEqualTo(401);
    assertThat(nobody.post(SESSION, "{}").status()).isEqualTo(422);
  }

  @Test
  void pages_of_other_sites_change_nothing_whatever_they_know() {
    for (String site : List.of("cross-site", "same-site")) {
      assertThat(admin.with("Sec-Fetch-Site", site).send(upload()).status()).isEqualTo(403);
    }
    for (String origin :
        List.of("null", "http://evil.example", "http://127.0.0.1:1", "https://127.0.0.1:" + port)) {
      Answer refused = admin.with("Origin", origin).send(upload());
      assertThat(refused.status()).as(origin).isEqualTo(403);
      assertThat(refused.header("Access-Control-Allow-Origin")).isEmpty();
    }
    assertThat(admin.with("Origin", "http://127.0.0.1:" + port).send(upload()).status())
        .isEqualTo(201);
    Answer preflight =
        nobody
            .with("Origin", "http://evil.example")
            .with("Access-Control-Request-Method", "POST")
            .send(
                HttpRequest.newBuilder(admin.uri("/api/v1/jobs"))
                    .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(preflight.status()).isEqualTo(401);
    assertThat(preflight.response().headers().map().keySet())
        .noneMatch(header -> header.startsWith("access-control"));
  }

  @Test
  void the_page_may_load_nothing_but_its_own_files() {
    for (String path :
        List.of(
            "/",
            "/js/main.js",
            "/css/base.css",
            "/swagger-ui.html",
            "/webjars/swagger-ui/index.html")) {
      Answer answer = admin.get(path);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Content-Security-Policy"))
          .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
          .contains("connect-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
          .doesNotContain("unsafe", "http:", "https:", "*");
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
      assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    }
    for (String path : List.of("/", "/webjars/swagger-ui/index.html")) {
      assertThat(admin.get(path).header("Content-Security-Policy"))
          .contains("require-trusted-types-for 'script'; trusted-types 'none'");
    }
    assertThat(admin.get("/").header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
    assertThat(admin.get("/js/main.js").header("Content-Type")).startsWith("text/javascript");
  }

  @Test
  void its_files_are_sent_again_only_when_they_have_changed() {
    for (String path : List.of("/", "/js/main.js", "/webjars/uplot/dist/uPlot.esm.js")) {
      Answer first = admin.get(path);
      assertThat(first.header("Cache-Control")).isEqualTo("no-cache");
      Answer again =
          admin.send(
              HttpRequest.newBuilder(admin.uri(path))
                  .header("If-None-Match", first.header("ETag")));
      assertThat(again.status()).as(path).isEqualTo(304);
      assertThat(again.bytes()).isEmpty();
    }
  }

  @Test
  void it_hides_nothing_of_the_api() {
    assertThat(admin.get("/api/v1/jobs").header("Content-Security-Policy"))
        .startsWith("default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:;");
    assertThat(admin.get("/actuator/health").status()).isEqualTo(200);
    for (String path : List.of("/nothing", "/api/v1/nothing", "/js/nothing.js", "/error/x")) {
      Answer answer = admin.get(path);
      assertThat(answer.status()).as(path).isEqualTo(404);
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }
    assertThat(admin.get("/v3/api-docs").text()).doesNotContain("PageController", "\"/\":");
  }

  @Test
  void what_somebody_changes_or_is_denied_stands_in_the_audit_trail() {
    String secret =
        admin
            .post(KEYS, "{\"name\": \"carl\", \"scope\": \"submit\"}")
            .json()
            .get("secret")
            .asString();
    ApiClient carl = admin.withToken(secret);
    String trace = "4bf92f3577b34da6a3ce929d0e0e47aa";
    Answer made = carl.with("traceparent", "00-" + trace + "-00f067aa0ba902b7-01").send(upload());
    assertThat(carl.delete("/api/v1/models/none").status()).isEqualTo(403);
    assertThat(carl.get(AUDIT).status()).isEqualTo(403);
    assertThat(carl.get("/api/v1/jobs").status()).isEqualTo(200);

    JsonNode entries = admin.get(AUDIT + "?caller=carl").json().get("items");

    assertThat(entries).hasSize(3);
    assertThat(entries.get(2).get("action").asString()).isEqualTo("POST " + UPLOADS);
    assertThat(entries.get(2).get("outcome").asString()).isEqualTo("DONE");
    assertThat(entries.get(2).get("status").asInt()).isEqualTo(made.status());
    assertThat(entries.get(2).get("keyId").asString()).isEqualTo(secret.substring(3, 11));
    assertThat(entries.get(2).get("traceId").asString()).isEqualTo(trace);
    assertThat(entries.get(2).get("project").asString()).isEqualTo("default");
    assertThat(entries.get(2).get("address").asString()).isEqualTo("127.0.0.1");
    assertThat(entries.get(1).get("outcome").asString()).isEqualTo("DENIED");
    assertThat(entries.get(1).get("object").asString()).isEqualTo("/api/v1/models/none");
    assertThat(entries.get(0).get("object").asString()).isEqualTo(AUDIT);
    assertThat(admin.get(AUDIT + "?action=POST%20/api/v1/keys&object=/api/v1/keys").text())
        .contains("\"local\"")
        .doesNotContain(secret);
    assertThat(admin.get(AUDIT + "?caller=carl&pageSize=2").json().get("nextPageToken").asString())
        .isNotEmpty();
    assertThat(admin.get(AUDIT + "?to=2020-01-01T00:00:00Z").json().get("items")).isEmpty();
    assertThat(admin.get(AUDIT + "?from=yesterday").status()).isEqualTo(422);
    for (String method : List.of("DELETE", "PUT", "PATCH", "POST")) {
      assertThat(
              admin
                  .send(
                      HttpRequest.newBuilder(admin.uri(AUDIT))
                          .method(method, BodyPublishers.noBody()))
                  .status())
          .isEqualTo(405);
    }
  }

  @Test
  @Order(Integer.MAX_VALUE) // afterwards wrong tokens are answered otherwise
  void two_hundred_sign_in_at_once_and_guesses_are_slowed_down() throws Exception {
    String right = "{\"token\": \"" + TestToken.VALUE + "\"}";
    List<Integer> signedIn = atOnce(200, () -> nobody.post(SESSION, right).status());
    assertThat(signedIn).hasSize(200).containsOnly(200);

    String wrong = "{\"token\": \"" + TestToken.VALUE.replace('7', '9') + "\"}";
    List<Integer> guessed = atOnce(200, () -> nobody.post(SESSION, wrong).status());
    assertThat(guessed).hasSize(200).containsOnly(401, 429);
    Answer slowed = admin.withToken("a-guess").get("/api/v1/jobs");
    assertThat(slowed.status()).isEqualTo(429);
    assertThat(slowed.header("Retry-After")).isNotEmpty();
    assertThat(slowed.text()).contains("trainyard.security.limits.failures-per-minute");
    assertThat(admin.get("/api/v1/jobs").status()).isEqualTo(200); // the right one is taken
  }

  private static List<Integer> atOnce(int times, Callable<Integer> asked) throws Exception {
    ExecutorService crowd = Executors.newFixedThreadPool(times);
    try {
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> one : crowd.invokeAll(Collections.nCopies(times, asked))) {
        statuses.add(one.get());
      }
      return statuses;
    } finally {
      crowd.shutdownNow();
    }
  }

  private HttpRequest.Builder upload() {
    return HttpRequest.newBuilder(admin.uri(UPLOADS))
        .header("Tus-Resumable", "1.0.0")
        .header("Upload-Length", "1")
        .POST(BodyPublishers.noBody());
  }

  private String rotate(String path, String grace) {
    Answer rotated = admin.post(path + "/rotate", "{\"gracePeriod\": \"" + grace + "\"}");
    assertThat(rotated.status()).as(rotated.text()).isEqualTo(200);
    return rotated.json().get("secret").asString();
  }
}
