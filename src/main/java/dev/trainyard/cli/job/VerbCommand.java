package dev.trainyard.cli.job;

import dev.trainyard.cli.client.Answer;
import dev.trainyard.cli.client.ServiceClient;
import dev.trainyard.cli.command.CliExit;
import dev.trainyard.cli.command.Streams;
import dev.trainyard.cli.terminal.Terminal;
import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine.Command;

/** One of the verbs of a job that need nothing but the job. */
@Command
public final class VerbCommand extends JobCommand {

  /** Each is the end of a path of the API, too. */
  public enum Verb {
    CANCEL("Cancels a job. One that runs writes a checkpoint first."),
    PAUSE("Pauses a job. One that runs writes a checkpoint and leaves its worker to others."),
    RESUME("Lets a paused job go on from its last checkpoint."),
    RETRY("Tries a job again that FAILED or was CANCELLED, from its last checkpoint.");

    private final String description;

    Verb(String description) {
      this.description = description;
    }

    public String path() {
      return name().toLowerCase(Locale.ROOT);
    }

    public String description() {
      return description;
    }
  }

  private final Verb verb;

  public VerbCommand(Verb verb, Streams streams) {
    super(streams);
    this.verb = verb;
  }

  @Override
  CliExit run(ServiceClient service, Terminal terminal, String id)
      throws IOException, InterruptedException {
    Answer answer = service.post("/api/v1/jobs/" + id + "/" + verb.path());
    String state = JobFinder.state(answer.json());
    show(answer, terminal, () -> terminal.line(state, id));
    return CliExit.SUCCESS;
  }
}
