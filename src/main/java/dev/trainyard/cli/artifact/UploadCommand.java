package dev.trainyard.cli.artifact;

import dev.trainyard.cli.client.Answer;
import dev.trainyard.cli.client.LongPoll;
import dev.trainyard.cli.client.ServiceClient;
import dev.trainyard.cli.client.UploadBody;
import dev.trainyard.cli.command.CliExit;
import dev.trainyard.cli.command.ServiceCommand;
import dev.trainyard.cli.command.Streams;
import dev.trainyard.cli.terminal.Terminal;
import dev.trainyard.cli.terminal.TransferStatus;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "upload",
    description = "Makes a dataset of a zip, tar or tar.gz archive, and prints the dataset's id.")
public final class UploadCommand extends ServiceCommand {

  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final int BAR = 30;

  @Parameters(paramLabel = "FILE", description = "Images in class folders, for instance.")
  private Path file = Path.of("");

  @Option(names = "--name", paramLabel = "NAME", description = "Name of the dataset.")
  private String name = "";

  /** The form's other fields, which the service checks. */
  @Option(
      names = {"-F", "--field"},
      paramLabel = "FIELD=VALUE",
      description =
          "Further field of the form, such as validationFraction=0.2, seed, appendTo, maxBadRecords,"
              + " scan, duplicates; may be given several times.")
  private Map<String, String> fields = new LinkedHashMap<>();

  @Option(
      names = {"-w", "--wait"},
      description = "Waits until it is converted.")
  private boolean wait;

  public UploadCommand(Streams streams) {
    super(streams);
  }

  @Override
  protected CliExit run(ServiceClient service, Terminal terminal)
      throws IOException, InterruptedException {
    if (!Files.isRegularFile(file) || Files.size(file) == 0) {
      throw misunderstood(
          "'" + file + "' is no file with something in it. A folder is packed first.");
    }
    Answer answer = send(service, terminal);
    String id = answer.json().path("id").asString("");
    if (!wait) {
      show(answer, terminal, () -> terminal.result(id));
      return CliExit.SUCCESS;
    }
    if (!isJson()) {
      terminal.result(id);
    }
    Answer converted = converted(service, terminal, id);
    JsonNode dataset = converted.json();
    show(converted, terminal, () -> say(dataset, terminal));
    return CliExit.of(dataset.path("state").asString(""));
  }

  private Answer send(ServiceClient service, Terminal terminal)
      throws IOException, InterruptedException {
    Map<String, String> form = new LinkedHashMap<>(fields);
    if (!name.isEmpty()) {
      form.put("name", name);
    }
    for (Map.Entry<String, String> field : form.entrySet()) {
      if (!field.getKey().matches("[A-Za-z]+") || field.getValue().matches("(?s).*[\r\n].*")) {
        throw misunderstood("'" + field.getKey() + "' is no field, or its value no line.");
      }
    }
    TransferStatus status = new TransferStatus(terminal, "uploading", Files.size(file));
    UploadBody body = new UploadBody(form, file, status);
    HttpRequest.Builder request =
        service
            .request("/api/v1/datasets")
            .timeout(LONGEST)
            .header("Content-Type", body.contentType())
            .POST(body.publisher());
    return service.sendOnce(request, UUID.randomUUID().toString());
  }

  private static Answer converted(ServiceClient service, Terminal terminal, String id)
      throws IOException, InterruptedException {
    LongPoll poll = new LongPoll(service, "/api/v1/datasets/" + id, WAIT);
    while (true) {
      Optional<Answer> news = poll.next();
      if (news.isEmpty()) {
        continue;
      }
      JsonNode dataset = news.get().json();
      if (!dataset.path("state").asString("").equals("CONVERTING")) {
        return news.get();
      }
      JsonNode progress = dataset.path("progress");
      long total = progress.path("imagesTotal").asLong(0);
      long done = progress.path("imagesDone").asLong(0);
      String phase = progress.path("phase").asString("waiting").toLowerCase(Locale.ROOT);
      terminal.status(
          total == 0
              ? phase + " ..."
              : "%s %s %d/%d"
                  .formatted(phase, terminal.bar((double) done / total, BAR), done, total));
    }
  }

  private static void say(JsonNode dataset, Terminal terminal) {
    String state = dataset.path("state").asString("");
    if (state.equals("READY")) {
      terminal.line(
          state,
          "%s, version %d: %d images to learn from, %d held out, %d set aside"
              .formatted(
                  dataset.path("name").asString(""),
                  dataset.path("version").asInt(0),
                  dataset.path("trainExamples").asLong(0),
                  dataset.path("validationExamples").asLong(0),
                  dataset.path("quarantined").asLong(0)));
    } else {
      terminal.error(
          state
              + " "
              + dataset.path("reason").asString("")
              + ": "
              + dataset.path("message").asString(""));
    }
  }
}
