package dev.trainyard.cli.artifact;

import dev.trainyard.cli.client.ServiceClient;
import dev.trainyard.cli.command.CliExit;
import dev.trainyard.cli.command.ListCommand;
import dev.trainyard.cli.command.Streams;
import dev.trainyard.cli.terminal.Figures;
import dev.trainyard.cli.terminal.Table;
import dev.trainyard.cli.terminal.Terminal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "models", description = "Lists models, or the versions of one.")
public final class ModelsCommand extends ListCommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "MODEL",
      description = "Name of the model whose versions are listed, the highest first.")
  private String model = "";

  public ModelsCommand(Streams streams) {
    super(streams);
  }

  @Override
  protected CliExit run(ServiceClient service, Terminal terminal)
      throws IOException, InterruptedException {
    if (model.isEmpty()) {
      return list(service.get(page("/api/v1/models").path()), terminal, ModelsCommand::models);
    }
    String path = "/api/v1/models/" + ServiceClient.encoded(model) + "/versions";
    return list(service.get(page(path).path()), terminal, ModelsCommand::versions);
  }

  private static Table models(JsonNode models) {
    Table table = new Table("NAME", "LATEST", "VERSIONS", "ALIASES", "CREATED");
    for (JsonNode model : models) {
      List<String> aliases = new ArrayList<>();
      model
          .path("aliases")
          .properties()
          .forEach(alias -> aliases.add(alias.getKey() + "=" + alias.getValue().asInt(0)));
      table.row(
          model.path("name").asString(""),
          model.path("latestVersion").asString(""),
          model.path("versions").asString(""),
          aliases.isEmpty() ? "-" : String.join(" ", aliases),
          time(model.path("createTime")));
    }
    return table;
  }

  private static Table versions(JsonNode versions) {
    Table table =
        new Table("VERSION", "ALIASES", "ACCURACY", "PARAMETERS", "SIZE", "JOB", "CREATED");
    for (JsonNode version : versions) {
      List<String> aliases = new ArrayList<>();
      version.path("aliases").forEach(alias -> aliases.add(alias.asString("")));
      table.row(
          version.path("version").asString(""),
          aliases.isEmpty() ? "-" : String.join(" ", aliases),
          number(version.path("metrics").path("accuracy"), 100, "%.1f %%"),
          version.path("parameters").asString(""),
          Figures.bytes(version.path("sizeBytes").asLong(0)),
          version.path("job").asString("-"),
          time(version.path("createTime")));
    }
    return table;
  }
}
