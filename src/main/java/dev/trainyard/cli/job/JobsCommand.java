package dev.trainyard.cli.job;

import dev.trainyard.cli.client.Answer;
import dev.trainyard.cli.client.ServiceClient;
import dev.trainyard.cli.command.CliExit;
import dev.trainyard.cli.command.ListCommand;
import dev.trainyard.cli.command.Streams;
import dev.trainyard.cli.terminal.Table;
import dev.trainyard.cli.terminal.Terminal;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(name = "jobs", description = "Lists jobs, newest first.")
public final class JobsCommand extends ListCommand {

  @Option(
      names = "--state",
      split = ",",
      paramLabel = "STATE",
      description = "Only those in one of these states, such as RUNNING,QUEUED.")
  private List<String> states = List.of();

  @Option(names = "--name", paramLabel = "NAME", description = "Only those of this name.")
  private String name = "";

  public JobsCommand(Streams streams) {
    super(streams);
  }

  @Override
  protected CliExit run(ServiceClient service, Terminal terminal)
      throws IOException, InterruptedException {
    Query query = page("/api/v1/jobs").with("name", name);
    states.forEach(state -> query.with("state", state.toUpperCase(Locale.ROOT)));
    Answer answer = service.get(query.path());
    return list(answer, terminal, JobsCommand::table);
  }

  private static Table table(JsonNode jobs) {
    Table table = new Table("ID", "NAME", "STATE", "STEPS", "LOSS", "ACCURACY", "CREATED");
    for (JsonNode job : jobs) {
      JsonNode status = job.path("status");
      JsonNode progress = status.path("progress");
      JsonNode metrics = status.path("metrics");
      table.row(
          job.path("id").asString(""),
          job.path("name").asString(""),
          JobFinder.state(job),
          progress.path("step").asLong(0) + "/" + progress.path("totalSteps").asLong(0),
          number(metrics.path("loss"), 1, "%.4f"),
          number(metrics.path("evaluation").path("accuracy"), 100, "%.1f %%"),
          time(job.path("createTime")));
    }
    return table;
  }
}
