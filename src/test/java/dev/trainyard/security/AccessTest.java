package dev.trainyard.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.TemporaryData;
import dev.trainyard.TestToken;
import dev.trainyard.security.key.ApiKey;
import dev.trainyard.security.key.ApiKeys;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Every route there is, asked by nobody and by a key of each scope. */
@Tag("h2")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class AccessTest {

  private static final Path data = TemporaryData.folder();
  private static final Path DOCUMENT = Path.of("src/docs/security.md");

  private static final Set<String> OPEN =
      Set.of("GET /actuator/health", "GET /signin", "POST /api/v1/session");
  private static final Set<String> OPEN_FILES =
      Set.of("/favicon.svg", "/signin/signin.css", "/signin/signin.js", "/signin/signin.html");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Scope, String> secrets = new EnumMap<>(Scope.class);
  private final Map<String, List<RequestMappingInfoHandlerMapping>> routes = new TreeMap<>();
  private URI root;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("trainyard.data-dir", data::toString);
    registry.add("trainyard.worker.slots", () -> 0);
  }

  @BeforeAll
  void makeAKeyOfEachScope(
      @LocalServerPort int port,
      @Autowired ApiKeys keys,
      @Autowired List<RequestMappingInfoHandlerMapping> mappings) {
    root = URI.create("http://127.0.0.1:" + port);
    for (Scope scope : Scope.values()) {
      String name = "a-" + scope.text();
      secrets.put(scope, keys.make(name, scope, List.of(ApiKey.ALL_PROJECTS), null).secret());
    }
    for (RequestMappingInfoHandlerMapping mapping : mappings) {
      for (RequestMappingInfo info : mapping.getHandlerMethods().keySet()) {
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        for (String path : info.getPatternValues()) {
          for (RequestMethod method : methods.isEmpty() ? Set.of(RequestMethod.GET) : methods) {
            routes.computeIfAbsent(method + " " + path, r -> new ArrayList<>()).add(mapping);
          }
        }
      }
    }
    routes.remove("GET /error"); // nobody gets there from outside
  }

  @Test
  void nobody_gets_anywhere_without_a_token() {
    assertThat(routes).hasSizeGreaterThan(80).containsKey("GET /actuator/prometheus");
    for (String route : routes.keySet()) {
      int status = status(route, "");
      if (OPEN.contains(route)) {
        assertThat(status).as(route).isNotIn(403, 500);
      } else {
        assertThat(status).as(route).isEqualTo(401);
      }
    }
  }

  @Test
  void nor_with_one_that_is_wrong() {
    String wrong = TestToken.VALUE.replace('7', '8');
    for (String token : List.of(wrong, "x", "ty_", "ty_0service_", "eyJhbGciOiJub25lIn0.e30.")) {
      for (String route : List.of("GET /api/v1/jobs", "POST /api/v1/jobs", "GET /", "GET /none")) {
        assertThat(status(route, token)).as(route + " " + token).isEqualTo(401);
      }
    }
  }

  @Test
  void static_files_are_not_for_everybody_either() throws IOException {
    List<String> files = new ArrayList<>();
    for (Resource file :
        new PathMatchingResourcePatternResolver().getResources("classpath:/static/**/*.*")) {
      files.add(file.getURL().getPath().replaceAll(".*/static", ""));
    }
    files.addAll(
        List.of("/webjars/uplot/dist/uPlot.esm.js", "/webjars/swagger-ui/swagger-ui-bundle.js"));
    assertThat(files).hasSizeGreaterThan(20).containsAll(OPEN_FILES);
    for (String file : files) {
      assertThat(status("GET " + file, ""))
          .as(file)
          .isEqualTo(OPEN_FILES.contains(file) ? 200 : 401);
      assertThat(status("GET " + file, secrets.get(Scope.READ))).as(file).isEqualTo(200);
    }
  }

  /** What no rule names is denied to all, so each route is in the document with its scope. */
  @Test
  void each_route_needs_the_scope_that_the_document_names() throws IOException {
    List<String> found = new ArrayList<>();
    for (String route : routes.keySet()) {
      Set<Scope> denied = new TreeSet<>();
      for (Scope scope : Scope.values()) {
        if (status(route, secrets.get(scope)) == 403 && !isRefusedOtherwise(route)) {
          denied.add(scope);
        }
      }
      assertThat(denied).as(route).doesNotContain(Scope.ADMIN);
      Scope needed = Scope.values()[denied.size()];
      assertThat(denied).as(route).noneMatch(scope -> scope.holds(needed));
      found.add("| `%s` | %s |".formatted(route, OPEN.contains(route) ? "open" : needed.text()));
    }
    try (Stream<String> lines = Files.lines(DOCUMENT)) {
      assertThat(lines.filter(line -> line.matches("\\| `[A-Z]+ /.*")))
          .containsExactlyElementsOf(found);
    }
  }

  /** 403 as well: models are not imported here. */
  private static boolean isRefusedOtherwise(String route) {
    return route.equals("POST /api/v1/models/import");
  }

  private int status(String route, String token) {
    String[] parts = route.split(" ");
    String path =
        parts[1]
            .replace("{*path}", "x")
            .replace("{plot}", "loss")
            .replace("{format}", "svg")
            .replaceAll("\\{(version|alias)}", "1")
            .replace("{name}", "nothing")
            .replaceAll("\\{[^}]*}", "00000000-0000-0000-0000-000000000000");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(root.resolve(path)).method(parts[0], BodyPublishers.noBody());
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      var response = http.send(request.build(), BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) { // a stream of events has no end
        return response.statusCode();
      }
    } catch (IOException e) {
      throw new AssertionError(route, e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
