package dev.trainyard.cli.command;

import dev.trainyard.cli.client.Answer;
import dev.trainyard.cli.client.ServiceClient;
import dev.trainyard.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands take: where the service is, who asks, how the answer is printed. */
@Command(
    mixinStandardHelpOptions = true,
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n")
public abstract class ServiceCommand implements Callable<Integer> {

  private static final String HERE = "http://127.0.0.1:8080";
  private static final Set<String> HOSTS_HERE = Set.of("127.0.0.1", "localhost", "[::1]");

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "${env:TRAINYARD_URL}",
      order = 100,
      description = "Where the service is; else TRAINYARD_URL says it, else " + HERE + ".")
  private @Nullable String server;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      order = 101,
      description =
          "Its first line is sent as a bearer token; else TRAINYARD_TOKEN is, if it is set; else, for a"
              + " service on this machine, the token in its data folder (TRAINYARD_DATA_DIR, or data).")
  private @Nullable Path tokenFile;

  @Option(
      names = "--project",
      paramLabel = "PROJECT",
      defaultValue = "${env:TRAINYARD_PROJECT}",
      order = 101,
      description = "What it is about; else TRAINYARD_PROJECT says it, else the token's only one.")
  private @Nullable String project;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      order = 102,
      description = "table, or json: what the API answered, and nothing else.")
  private Output output = Output.table;

  @Option(names = "--no-color", order = 103, description = "No colours; NO_COLOR says the same.")
  private boolean noColor;

  @Option(
      names = {"-q", "--quiet"},
      order = 104,
      description = "Print results and errors only.")
  private boolean quiet;

  @Spec private @Nullable CommandSpec spec;

  private final Streams streams;

  protected ServiceCommand(Streams streams) {
    this.streams = streams;
  }

  /** In lower case, as they are typed. */
  enum Output {
    table,
    json
  }

  protected abstract CliExit run(ServiceClient service, Terminal terminal)
      throws IOException, InterruptedException;

  @Override
  public final Integer call() throws IOException, InterruptedException {
    boolean colour = !noColor && String.valueOf(System.getenv("NO_COLOR")).matches("null|");
    Terminal terminal =
        new Terminal(
            streams.out(),
            streams.err(),
            Terminal.Manners.ofStandardOutput(colour, quiet || isJson()));
    try {
      return run(
              new ServiceClient(address(), token(address()), project(), terminal::error), terminal)
          .code();
    } finally {
      terminal.clear();
    }
  }

  protected boolean isJson() {
    return output == Output.json;
  }

  /** Prints what the API answered, in one form or the other. */
  protected void show(Answer answer, Terminal terminal, Shown table) throws IOException {
    if (isJson()) {
      terminal.json(answer.body());
    } else {
      table.print();
    }
  }

  /** How it looks when it is not JSON. */
  protected interface Shown {
    void print() throws IOException;
  }

  protected InputStream standardInput() {
    return streams.in();
  }

  protected ParameterException misunderstood(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }

  private static String firstLine(Path file) throws IOException {
    return Files.readString(file).lines().findFirst().orElse("");
  }

  private String project() {
    String given = project == null ? "" : project.strip();
    if (!given.matches("[a-z0-9*-]*")) {
      throw misunderstood("A project's name has lower-case letters, digits and hyphens.");
    }
    return given;
  }

  private URI address() {
    String given = server == null || server.isBlank() ? HERE : server.strip();
    try {
      URI address = new URI(given.contains("://") ? given : "http://" + given);
      boolean http = String.valueOf(address.getScheme()).matches("(?i)https?");
      if (http && address.getHost() != null && address.getUserInfo() == null) {
        return address;
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw misunderstood(
        "The service's address must be like " + HERE + ", without a user: '" + given + "'.");
  }

  private String token(URI address) throws IOException {
    String token = System.getenv("TRAINYARD_TOKEN");
    Path local =
        Path.of(Objects.requireNonNullElse(System.getenv("TRAINYARD_DATA_DIR"), "data"), "token");
    if (tokenFile != null) {
      token = firstLine(tokenFile);
    } else if (token == null && HOSTS_HERE.contains(address.getHost()) && Files.isReadable(local)) {
      token = firstLine(local); // never sent to another machine
    }
    String plain = token == null ? "" : token.strip();
    if (!plain.matches("[!-~]*")) {
      throw misunderstood("The token has characters that no token has.");
    }
    return plain;
  }
}
