package dev.trainyard.cli.job;

import dev.trainyard.cli.client.Answer;
import dev.trainyard.cli.client.ServiceClient;
import dev.trainyard.cli.client.UnreachableException;
import dev.trainyard.cli.command.CliExit;
import dev.trainyard.cli.command.ServiceCommand;
import dev.trainyard.cli.command.Streams;
import dev.trainyard.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "submit", description = "Submits a training job and prints its id.")
public final class SubmitCommand extends ServiceCommand {

  private static final int LARGEST = 1 << 20;
  private static final Duration TRYING = Duration.ofMinutes(5);

  @Parameters(paramLabel = "SPEC", description = "File with the job as JSON; - for standard input.")
  private String spec = "";

  @Option(
      names = {"-w", "--watch"},
      description = "Shows its progress until it ends, as watch does.")
  private boolean watch;

  @Option(
      names = "--validate-only",
      description = "Queues nothing: tries some steps and says what the job would take.")
  private boolean validateOnly;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description =
          "The same command with the same key makes no second job; else each has a key of its own.")
  private String key = "";

  public SubmitCommand(Streams streams) {
    super(streams);
  }

  @Override
  protected CliExit run(ServiceClient service, Terminal terminal)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        service
            .request("/api/v1/jobs" + (validateOnly ? "?validateOnly=true" : ""))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(read()));
    if (validateOnly) {
      terminal.status("trying the job ...");
      Answer answer = service.send(request.timeout(TRYING));
      show(answer, terminal, () -> estimate(answer.json(), terminal));
      return CliExit.SUCCESS;
    }
    String own = key.isEmpty() ? UUID.randomUUID().toString() : key;
    Answer answer = send(service, request, own, terminal);
    String id = answer.json().path("id").asString("");
    if (!watch) {
      show(answer, terminal, () -> terminal.result(id));
      return CliExit.SUCCESS;
    }
    if (!isJson()) {
      terminal.result(id);
    }
    Answer ended = new JobWatch(service, terminal, id).toItsEnd();
    show(ended, terminal, () -> {});
    return CliExit.of(JobFinder.state(ended.json()));
  }

  private static Answer send(
      ServiceClient service, HttpRequest.Builder request, String key, Terminal terminal)
      throws IOException, InterruptedException {
    try {
      return service.sendOnce(request, key);
    } catch (UnreachableException e) {
      if (e.wasConnected()) {
        terminal.error(
            "The job may have been made; 'submit --idempotency-key %s' finds out and makes no second one."
                .formatted(key));
      }
      throw e;
    }
  }

  private byte[] read() throws IOException {
    try (InputStream in =
        spec.equals("-") ? standardInput() : Files.newInputStream(Path.of(spec))) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw misunderstood("A job's spec has no more than 1 MB.");
      }
      return bytes;
    }
  }

  private static void estimate(JsonNode answer, Terminal terminal) {
    terminal.result("The job is valid.");
    tell("", answer.path("preflight"), terminal);
  }

  /** What stands in it, a line each, as {@code memory.bytes: 1200}. */
  private static void tell(String path, JsonNode figures, Terminal terminal) {
    for (Map.Entry<String, JsonNode> figure : figures.properties()) {
      JsonNode value = figure.getValue();
      if (value.isObject()) {
        tell(path + figure.getKey() + ".", value, terminal);
      } else if (value.isArray()) {
        value.forEach(one -> terminal.line(path + figure.getKey() + ": " + one.asString("")));
      } else if (!value.isNull()) {
        terminal.line(path + figure.getKey() + ": " + value.asString(""));
      }
    }
  }
}
