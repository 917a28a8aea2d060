package dev.trainyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Commands without a service, and what is written of them. */
class CliTest {

  private static final Path DOCUMENT = Path.of("src/docs/cli.md");

  @Test
  void what_the_service_is_started_with_is_no_command() {
    for (String argument :
        List.of("--server.port=8081", "--trainyard.demo.enabled=true", "", "-x")) {
      assertThat(Cli.isMeant(new String[] {argument})).as(argument).isFalse();
    }
    assertThat(Cli.isMeant(new String[0])).isFalse();
    for (String argument : List.of("watch", "--help", "-h", "--version", "-V", "wach")) {
      assertThat(Cli.isMeant(new String[] {argument})).as(argument).isTrue();
    }
  }

  @Test
  void a_command_loads_no_class_of_spring_and_starts_no_service() throws Exception {
    Process help =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.trainyard.Trainyard",
                "jobs",
                "--server",
                "http://127.0.0.1:1")
            .redirectErrorStream(true)
            .start();
    List<String> said = help.inputReader().lines().toList();
    assertThat(help.waitFor()).isEqualTo(4);
    assertThat(said)
        .anyMatch(line -> line.contains("dev.trainyard.cli.Cli"))
        .anyMatch(line -> line.contains("http://127.0.0.1:1 does not answer"))
        .noneMatch(line -> line.contains("org.springframework"))
        .noneMatch(line -> line.contains("dev.trainyard.storage"));
  }

  @Test
  void what_is_not_understood_says_so_and_exits_with_2() {
    assertThat(Run.exactly("", "wach"))
        .satisfies(run -> assertThat(run.exit()).isEqualTo(2))
        .satisfies(run -> assertThat(run.err()).contains("trainyard watch").contains("--help"));
    for (List<String> wrong :
        List.of(
            List.of("watch"),
            List.of("jobs", "--server", "ftp://x"),
            List.of("jobs", "--server", "http://user:secret@127.0.0.1"),
            List.of("download", "../etc"),
            List.of("logs", "x", "-o", "json", "--server", "http://127.0.0.1:1"),
            List.of("upload", "no-such-file.zip"))) {
      Run run = Run.exactly("", wrong.toArray(new String[0]));
      assertThat(run.out()).as("%s", wrong).isEmpty();
      assertThat(run.err()).as("%s", wrong).startsWith("trainyard: ");
      assertThat(run.exit()).as("%s: %s", wrong, run.err()).isIn(2, 4);
    }
    assertThat(Run.exactly("", "submit", "no-such-file.json").err()).contains("no-such-file.json");
  }

  @Test
  void a_service_that_is_not_there_is_exit_4_at_once() {
    for (String command : List.of("jobs", "models", "datasets", "watch x", "logs x", "cancel x")) {
      Run run = Run.of("http://127.0.0.1:1", command.split(" "));
      assertThat(run.exit()).as(run.err()).isEqualTo(4);
      assertThat(run.err()).contains("TRAINYARD_URL");
    }
  }

  @Test
  void a_service_that_is_hostile_gets_no_escape_sequence_into_the_terminal() throws Exception {
    try (HostileService hostile = new HostileService()) {
      String server = hostile.address();
      Run table = Run.of(server, "jobs");
      assertThat(table.out()).contains("evil").doesNotContain("\u001b", "\u009b", "\u202e", "\r");
      Run json = Run.of(server, "jobs", "-o", "json");
      assertThat(json.out()).doesNotContain("\u001b", "\u009b", "\u202e");
      assertThat(json.json().at("/items/0/name").asString())
          .as("the same document all the same")
          .isEqualTo(HostileService.NAME);
      Run logs = Run.of(server, "logs", HostileService.ID);
      assertThat(logs.out()).contains("evil\n").doesNotContain("\u001b", "\u009b", "\u202e");
      Run watch = Run.of(server, "watch", HostileService.ID);
      assertThat(watch.exit()).isEqualTo(1);
      assertThat(watch.err()).contains("evil").doesNotContain("\u001b", "\u009b", "\u202e");
      Run refused = Run.of(server, "cancel", HostileService.ID);
      assertThat(refused.exit()).as("a page of a proxy").isEqualTo(5);
      assertThat(refused.err()).contains("500").contains("<html>").doesNotContain("\u001b");
      assertThat(Run.of(server, "models").exit()).as("no JSON at all").isEqualTo(1);
    }
  }

  @Test
  void the_token_is_sent_as_a_bearer() throws Exception {
    Path file = Files.createTempFile("token", ".txt");
    try (HostileService service = new HostileService()) {
      Files.writeString(file, "secret-1\n");
      Run.of(service.address(), "jobs", "--token-file", file.toString());
      assertThat(service.authorization()).isEqualTo("Bearer secret-1");
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void the_document_names_every_command_option_and_exit_code() throws Exception {
    String document = Files.readString(DOCUMENT);
    CommandLine all = Cli.commandLine(System.in, System.out, System.err);
    assertThat(all.getSubcommands()).hasSizeGreaterThan(8);
    for (var command : all.getSubcommands().entrySet()) {
      assertThat(document).contains("`" + command.getKey());
      Set<String> options =
          command.getValue().getCommandSpec().options().stream()
              .map(OptionSpec::longestName)
              .collect(Collectors.toSet());
      options.removeAll(Set.of("--help", "--version"));
      assertThat(options)
          .as(command.getKey())
          .hasSizeGreaterThan(4)
          .allSatisfy(option -> assertThat(document).contains("`" + option));
    }
    all.getCommandSpec()
        .usageMessage()
        .exitCodeList()
        .forEach(
            (code, meaning) -> assertThat(document).contains("|" + code + " | " + meaning + " |"));
  }
}
