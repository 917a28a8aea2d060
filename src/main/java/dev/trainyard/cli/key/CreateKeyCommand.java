package dev.trainyard.cli.key;

import dev.trainyard.cli.client.Answer;
import dev.trainyard.cli.client.ServiceClient;
import dev.trainyard.cli.command.CliExit;
import dev.trainyard.cli.command.ServiceCommand;
import dev.trainyard.cli.command.Streams;
import dev.trainyard.cli.terminal.Terminal;
import dev.trainyard.spec.SpecJson;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "create", description = "Makes a key and prints its secret.")
final class CreateKeyCommand extends ServiceCommand {

  @Parameters(paramLabel = "NAME", description = "Whose it is.")
  private String name = "";

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description = "read, submit, operate or admin; ${DEFAULT-VALUE} by default.")
  private String scope = "submit";

  @Option(
      names = "--for",
      paramLabel = "PROJECT",
      description = "A project that it sees, as often as needed; all without one.")
  private List<String> projects = new ArrayList<>();

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description = "From then on it is refused, like 2027-01-31T00:00:00Z; never without it.")
  private String expires = "";

  CreateKeyCommand(Streams streams) {
    super(streams);
  }

  @Override
  protected CliExit run(ServiceClient service, Terminal terminal)
      throws IOException, InterruptedException {
    ObjectNode wish = SpecJson.MAPPER.createObjectNode().put("name", name).put("scope", scope);
    if (!projects.isEmpty()) {
      ArrayNode all = wish.putArray("projects");
      projects.forEach(all::add);
    }
    if (!expires.isEmpty()) {
      wish.put("expireTime", expires);
    }
    Answer answer =
        service.send(
            service
                .request(KeysCommand.KEYS)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(wish.toString())));
    show(answer, terminal, () -> KeysCommand.print(answer, terminal));
    return CliExit.SUCCESS;
  }
}
