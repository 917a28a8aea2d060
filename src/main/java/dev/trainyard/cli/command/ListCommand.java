package dev.trainyard.cli.command;

import dev.trainyard.cli.client.Answer;
import dev.trainyard.cli.client.ServiceClient;
import dev.trainyard.cli.terminal.Table;
import dev.trainyard.cli.terminal.Terminal;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** A command that shows one page of a list. */
public abstract class ListCommand extends ServiceCommand {

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "How many, up to 500; ${DEFAULT-VALUE} by default.")
  private int limit = 20;

  @Option(
      names = "--page-token",
      paramLabel = "TOKEN",
      description = "Goes on where the page before has ended, which has said the token.")
  private String pageToken = "";

  protected ListCommand(Streams streams) {
    super(streams);
  }

  protected Query page(String path) {
    return new Query(path + "?pageSize=" + limit).with("pageToken", pageToken);
  }

  protected CliExit list(Answer answer, Terminal terminal, Function<JsonNode, Table> table)
      throws IOException {
    JsonNode page = answer.json();
    show(
        answer,
        terminal,
        () -> {
          table.apply(page.path("items")).print(terminal);
          String next = page.path("nextPageToken").asString("");
          if (!next.isEmpty()) {
            terminal.line("There are more: --page-token " + next);
          }
        });
    return CliExit.SUCCESS;
  }

  protected static String number(JsonNode value, double factor, String format) {
    return value.isNumber() ? String.format(Locale.ROOT, format, factor * value.asDouble()) : "-";
  }

  /** Like {@code 2026-01-31 12:00:04Z}. */
  protected static String time(JsonNode instant) {
    return instant.asString("").replaceFirst("(\\.\\d+)?Z$", "Z").replace('T', ' ');
  }

  /** A path with its query; what is empty is left out. */
  protected static final class Query {

    private final StringBuilder path;

    private Query(String path) {
      this.path = new StringBuilder(path);
    }

    public Query with(String name, String value) {
      if (!value.isEmpty()) {
        path.append('&').append(name).append('=').append(ServiceClient.encoded(value));
      }
      return this;
    }

    public String path() {
      return path.toString();
    }
  }
}
