package dev.trainyard;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.ApiClient.Answer;
import dev.trainyard.trainer.protocol.TrainerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A service that has secrets in its environment, and the first child that it starts, looked at from
 * outside as the system shows them.
 */
@Tag("h2")
@EnabledOnOs(OS.LINUX)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChildIsolationTest {

  private static final String SECRET = "planted-secret";

  private static final Path data = TemporaryData.folder();
  private static RunningService service;
  private static Path child;
  private static List<String> arguments;

  @BeforeAll
  static void start() throws IOException {
    List<String> planted =
        List.of(
            "env",
            "SPRING_DATASOURCE_PASSWORD=" + SECRET,
            "TRAINYARD_TOKEN=" + SECRET,
            "AWS_SECRET_ACCESS_KEY=" + SECRET,
            "GOOGLE_APPLICATION_CREDENTIALS=" + SECRET,
            "TF_TOKEN_example_com=" + SECRET,
            "JAVA_TOOL_OPTIONS=-Dsecret=" + SECRET,
            "OMP_NUM_THREADS=2",
            "LENT=by the operator");
    service =
        RunningService.launch(
            planted,
            RunningService.MAIN,
            data,
            List.of(
                "trainyard.child-jvm.environment=LENT,ABSENT",
                "trainyard.child-jvm.niceness=5",
                "trainyard.child-jvm.memory=3GB",
                "trainyard.child-jvm.launcher=setpriv,--no-new-privs"));
    await()
        .atMost(ofSeconds(90))
        .until(
            () -> service.isHealthy() && !service.children(TrainerProcess.TRAINER_MAIN).isEmpty());
    long pid = service.children(TrainerProcess.TRAINER_MAIN).get(0).pid();
    child = Path.of("/proc", Long.toString(pid));
    await().atMost(ofSeconds(30)).until(() -> strings("cmdline").get(0).endsWith("/java"));
    arguments = strings("cmdline");
  }

  @AfterAll
  static void stop() {
    service.killWithChildren();
  }

  @Test
  void a_child_has_none_of_the_services_secrets() throws IOException {
    assertThat(Files.readString(service().resolve("environ"))).contains(SECRET);

    assertThat(strings("environ"))
        .contains("OMP_NUM_THREADS=2", "LENT=by the operator")
        .noneMatch(it -> it.contains(SECRET));
    assertThat(arguments).noneMatch(it -> it.contains(SECRET));
  }

  @Test
  void a_child_works_in_a_folder_of_its_own() throws IOException {
    Path own = Files.readSymbolicLink(child.resolve("cwd"));

    assertThat(own.getParent().getParent()).isEqualTo(data.toRealPath().resolve("tmp"));
    assertThat(arguments).contains("-Djava.io.tmpdir=" + own);
    assertThat(strings("environ")).contains("TMPDIR=" + own, "HOME=" + own);
  }

  @Test
  void a_child_gives_way_leaves_no_core_and_is_what_the_kernel_ends_first() throws IOException {
    String limits = Files.readString(child.resolve("limits"));

    assertThat(limits).containsPattern("Max core file size +0 +0 ");
    assertThat(limits).containsPattern("Max data size +3221225472 +3221225472 ");
    assertThat(niceness(child)).isEqualTo(niceness(service()) + 5);
    assertThat(child.resolve("oom_score_adj")).hasContent("500");
    assertThat(Files.readString(child.resolve("status"))).containsPattern("NoNewPrivs:\\s1");
  }

  @Test
  void a_child_holds_open_nothing_of_the_service_but_its_three_pipes() throws IOException {
    List<String> open = open(child);
    String database = data.toRealPath().resolve("db").toString();

    assertThat(open).filteredOn(it -> it.startsWith("pipe:")).hasSizeGreaterThanOrEqualTo(3);
    assertThat(open)
        .isNotEmpty()
        .doesNotContainAnyElementsOf(sockets(service()))
        .noneMatch(it -> it.startsWith(database))
        .noneMatch(it -> it.contains("signing-key") || it.endsWith("/token"));
    assertThat(open(service())).anyMatch(it -> it.startsWith(database));
  }

  @Test
  void the_service_listens_to_its_own_port_and_no_other() throws IOException {
    List<String> listening = new ArrayList<>();
    List<String> sockets = sockets(service());
    assertThat(sockets).isNotEmpty();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      for (String line : Files.readAllLines(service().resolve(table))) {
        String[] columns = line.strip().split(" +");
        if (columns[3].equals("0A") && sockets.contains("socket:[" + columns[9] + "]")) {
          listening.add(columns[1]);
        }
      }
    }

    int port = service.api().uri("/").getPort();
    assertThat(listening).hasSize(1).allMatch(it -> it.endsWith(":%04X".formatted(port)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/h2-console",
        "/h2-console/login.do",
        "/console",
        "/actuator/env",
        "/actuator/heapdump",
        "/actuator/threaddump",
        "/actuator/beans",
        "/actuator/configprops",
        "/actuator/loggers",
        "/actuator/mappings",
        "/actuator/shutdown",
        "/actuator/jolokia",
        "/actuator/gateway/routes",
        "/actuator/logfile",
        "/actuator/flyway",
        "/actuator/sbom",
        "/jolokia"
      })
  void there_is_no_console_and_nothing_that_shows_the_inside(String path) {
    Answer got = service.api().get(path);
    assertThat(got.status()).as(got.text()).isEqualTo(404);
    Answer posted = service.api().post(path, "{}");
    assertThat(posted.status()).as("nobody's scope allows what there is not").isIn(403, 404);
  }

  @Test
  void of_the_actuator_there_is_health_info_and_prometheus() {
    List<String> links = new ArrayList<>();
    service.api().get("/actuator").json().get("_links").propertyNames().forEach(links::add);

    assertThat(links)
        .containsExactlyInAnyOrder("self", "health", "health-path", "info", "prometheus");
    assertThat(service.api().get("/actuator/info").text()).doesNotContain(SECRET);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void what_a_child_has_written_aside_goes_with_it() throws IOException {
    Path own = Files.readSymbolicLink(child.resolve("cwd"));
    Files.writeString(own.resolve("left"), "something");

    service.children(TrainerProcess.TRAINER_MAIN).forEach(ProcessHandle::destroyForcibly);

    await().atMost(ofSeconds(30)).until(() -> !Files.exists(own));
  }

  private static Path service() {
    return Path.of("/proc", Long.toString(service.process().pid()));
  }

  private static List<String> strings(String file) throws IOException {
    return List.of(Files.readString(child.resolve(file), StandardCharsets.UTF_8).split("\0"));
  }

  /** The 19th column of proc(5)'s stat, whose second may have blanks in it. */
  private static int niceness(Path process) throws IOException {
    String stat = Files.readString(process.resolve("stat"));
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
  }

  private static List<String> sockets(Path process) throws IOException {
    return open(process).stream().filter(it -> it.startsWith("socket:")).toList();
  }

  private static List<String> open(Path process) throws IOException {
    List<String> open = new ArrayList<>();
    try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
      for (Path descriptor : descriptors.toList()) {
        try {
          open.add(Files.readSymbolicLink(descriptor).toString());
        } catch (NoSuchFileException e) {
          // closed since
        }
      }
    }
    return open;
  }
}
