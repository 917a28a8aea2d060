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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "rotate", description = "Gives a key another secret and prints it.")
final class RotateKeyCommand extends ServiceCommand {

  @Parameters(paramLabel = "ID", description = "As keys lists it.")
  private String id = "";

  @Option(
      names = "--grace",
      paramLabel = "DURATION",
      description = "For which the secret before is taken as well, like PT1H; none by default.")
  private String grace = "PT0S";

  RotateKeyCommand(Streams streams) {
    super(streams);
  }

  @Override
  protected CliExit run(ServiceClient service, Terminal terminal)
      throws IOException, InterruptedException {
    String wish = SpecJson.MAPPER.createObjectNode().put("gracePeriod", grace).toString();
    Answer answer =
        service.send(
            service
                .request(KeysCommand.KEYS + "/" + ServiceClient.encoded(id) + "/rotate")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(wish)));
    show(answer, terminal, () -> KeysCommand.print(answer, terminal));
    return CliExit.SUCCESS;
  }
}
