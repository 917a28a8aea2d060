package dev.trainyard.cli.artifact;

import dev.trainyard.cli.client.ModelDownload;
import dev.trainyard.cli.client.ServiceClient;
import dev.trainyard.cli.command.CliExit;
import dev.trainyard.cli.command.ServiceCommand;
import dev.trainyard.cli.command.Streams;
import dev.trainyard.cli.terminal.Figures;
import dev.trainyard.cli.terminal.Terminal;
import dev.trainyard.cli.terminal.TransferStatus;
import dev.trainyard.spec.ResourceName;
import dev.trainyard.spec.SpecJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "download",
    description = {
      "Downloads a model as one archive, and compares it with its SHA-256.",
      "What breaks off goes on where it was, also when the command is given again."
    })
public final class DownloadCommand extends ServiceCommand {

  @Parameters(
      paramLabel = "MODEL[:VERSION]",
      description = "Name, and number or alias of a version; the latest when it is left out.")
  private String model = "";

  @Option(names = "--format", paramLabel = "FORMAT", description = "zip or tar.gz; zip by default.")
  private String format = "zip";

  @Option(
      names = "--to",
      paramLabel = "PATH",
      description = "File, or folder to put it into; by default MODEL-VERSION.FORMAT here.")
  private @Nullable Path to;

  @Option(names = "--force", description = "Replaces a file that is there.")
  private boolean force;

  public DownloadCommand(Streams streams) {
    super(streams);
  }

  @Override
  protected CliExit run(ServiceClient service, Terminal terminal)
      throws IOException, InterruptedException {
    String[] parts = model.split(":", 2);
    String name = parts[0];
    String asked = parts.length == 1 ? "latest" : parts[1];
    if (!name.matches(ResourceName.PATTERN) || !asked.matches(ResourceName.PATTERN)) {
      throw misunderstood("A model is asked for like flowers, flowers:3 or flowers:champion.");
    }
    if (!format.equals("zip") && !format.equals("tar.gz")) {
      throw misunderstood("--format is zip or tar.gz.");
    }
    String versions = "/api/v1/models/" + name + "/versions/";
    int version = service.get(versions + asked).json().path("version").asInt(0); // an alias moves
    Path target = target(name + "-" + version + "." + format);
    if (!force && Files.exists(target)) {
      throw misunderstood(target + " is there already; --force replaces it.");
    }
    terminal.status(name + ":" + version + " is being packed ...");
    ModelDownload download =
        ModelDownload.of(service, versions + version + "/download?format=" + format);
    download.to(
        target, force, new TransferStatus(terminal, name + ":" + version, download.length()));
    if (isJson()) {
      terminal.json(
          SpecJson.MAPPER
              .createObjectNode()
              .put("file", target.toString())
              .put("model", name)
              .put("version", version)
              .put("sizeBytes", download.length())
              .put("sha256", download.sha256())
              .toString());
    } else {
      terminal.line("%s  %s, SHA-256 is right".formatted(target, Figures.bytes(download.length())));
    }
    return CliExit.SUCCESS;
  }

  private Path target(String fileName) {
    if (to == null) {
      return Path.of(fileName);
    }
    return Files.isDirectory(to) ? to.resolve(fileName) : to;
  }
}
