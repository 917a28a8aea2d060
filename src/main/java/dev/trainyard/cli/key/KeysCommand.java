package dev.trainyard.cli.key;

import dev.trainyard.cli.client.Answer;
import dev.trainyard.cli.client.ServiceClient;
import dev.trainyard.cli.command.CliExit;
import dev.trainyard.cli.command.ServiceCommand;
import dev.trainyard.cli.command.Streams;
import dev.trainyard.cli.terminal.Table;
import dev.trainyard.cli.terminal.Terminal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

@Command(name = "keys", description = "Lists the keys; its own commands make and revoke them.")
public final class KeysCommand extends ServiceCommand {

  static final String KEYS = "/api/v1/keys";

  private KeysCommand(Streams streams) {
    super(streams);
  }

  /** With its own commands. */
  public static CommandLine line(Streams streams) {
    return new CommandLine(new KeysCommand(streams))
        .addSubcommand(new CreateKeyCommand(streams))
        .addSubcommand(new RotateKeyCommand(streams))
        .addSubcommand(new RevokeKeyCommand(streams));
  }

  @Override
  protected CliExit run(ServiceClient service, Terminal terminal)
      throws IOException, InterruptedException {
    Answer answer = service.get(KEYS);
    JsonNode keys = answer.json().path("keys");
    show(answer, terminal, () -> table(keys).print(terminal));
    return CliExit.SUCCESS;
  }

  private static Table table(JsonNode keys) {
    Table table = new Table("ID", "NAME", "SCOPE", "PROJECTS", "CREATED", "EXPIRES", "LAST USED");
    for (JsonNode key : keys) {
      List<String> projects = new ArrayList<>();
      key.path("projects").forEach(project -> projects.add(project.asString("")));
      table.row(
          key.path("id").asString(""),
          key.path("name").asString(""),
          key.path("scope").asString(""),
          String.join(" ", projects),
          time(key, "createTime"),
          time(key, "expireTime"),
          time(key, "lastUsedTime"));
    }
    return table;
  }

  private static String time(JsonNode key, String field) {
    return key.path(field).asString("-").replaceFirst("(\\.\\d+)?Z$", "Z").replace('T', ' ');
  }

  /** The secret alone on standard output, for a file or a variable; the rest beside it. */
  static void print(Answer answer, Terminal terminal) throws IOException {
    JsonNode made = answer.json();
    terminal.error(
        "Key " + made.path("key").path("id").asString("") + "; its secret is told once:");
    terminal.line(made.path("secret").asString(""));
  }
}
