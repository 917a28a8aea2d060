package dev.trainyard.cli.key;

import dev.trainyard.cli.client.ServiceClient;
import dev.trainyard.cli.command.CliExit;
import dev.trainyard.cli.command.ServiceCommand;
import dev.trainyard.cli.command.Streams;
import dev.trainyard.cli.terminal.Terminal;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "revoke", description = "Has a key refused from now on.")
final class RevokeKeyCommand extends ServiceCommand {

  @Parameters(paramLabel = "ID", description = "As keys lists it.")
  private String id = "";

  RevokeKeyCommand(Streams streams) {
    super(streams);
  }

  @Override
  protected CliExit run(ServiceClient service, Terminal terminal)
      throws IOException, InterruptedException {
    service.send(service.request(KeysCommand.KEYS + "/" + ServiceClient.encoded(id)).DELETE());
    return CliExit.SUCCESS;
  }
}
