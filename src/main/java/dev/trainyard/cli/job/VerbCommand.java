package dev.trainyard.cli.job;

import dev.trainyard.cli.command.CliExit;
import dev.trainyard.cli.command.Streams;
import dev.trainyard.cli.client.Answer;
import dev.trainyard.cli.client.ServiceClient;
import dev.trainyard.cli.terminal.Terminal;
import java.io.IOException;
import picocli.CommandLine.Command;

/** One of the verbs of a job that need nothing but the job. */
@Command(description = "Asks for a job to be stopped or to go on, and says what it is then.")
public final class VerbCommand extends JobCommand {

  private final String verb;

  /**
   * @param verb as the API's path has it
   */
  public VerbCommand(String verb, Streams streams) {
    super(streams);
    this.verb = verb;
  }

  @Override
  CliExit run(ServiceClient service, Terminal terminal, String id)
      throws IOException, InterruptedException {
    Answer answer = service.post("/api/v1/jobs/" + id + "/" + verb);
    String state = JobFinder.state(answer.json());
    show(answer, terminal, () -> terminal.line(state, id));
    return CliExit.SUCCESS;
  }
}
