package dev.trainyard.cli.artifact;

import dev.trainyard.cli.client.ServiceClient;
import dev.trainyard.cli.command.CliExit;
import dev.trainyard.cli.command.ListCommand;
import dev.trainyard.cli.command.Streams;
import dev.trainyard.cli.terminal.Figures;
import dev.trainyard.cli.terminal.Table;
import dev.trainyard.cli.terminal.Terminal;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(name = "datasets", description = "Lists datasets, newest first.")
public final class DatasetsCommand extends ListCommand {

  @Option(names = "--name", paramLabel = "NAME", description = "Only versions of this name.")
  private String name = "";

  public DatasetsCommand(Streams streams) {
    super(streams);
  }

  @Override
  protected CliExit run(ServiceClient service, Terminal terminal)
      throws IOException, InterruptedException {
    String path = page("/api/v1/datasets").with("name", name).path();
    return list(service.get(path), terminal, DatasetsCommand::table);
  }

  private static Table table(JsonNode datasets) {
    Table table =
        new Table(
            "NAME", "VERSION", "STATE", "CLASSES", "TRAIN", "HELD OUT", "SIZE", "ID", "CREATED");
    for (JsonNode dataset : datasets) {
      table.row(
          dataset.path("name").asString(""),
          dataset.path("version").asString(""),
          dataset.path("state").asString(""),
          Integer.toString(dataset.path("classes").size()),
          dataset.path("trainExamples").asString(""),
          dataset.path("validationExamples").asString(""),
          Figures.bytes(dataset.path("sizeBytes").asLong(0)),
          dataset.path("id").asString(""),
          time(dataset.path("createTime")));
    }
    return table;
  }
}
