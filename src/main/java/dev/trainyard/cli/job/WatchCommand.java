package dev.trainyard.cli.job;

import dev.trainyard.cli.client.Answer;
import dev.trainyard.cli.client.ServiceClient;
import dev.trainyard.cli.command.CliExit;
import dev.trainyard.cli.command.Streams;
import dev.trainyard.cli.terminal.Terminal;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
    name = "watch",
    description = {
      "Shows a job's progress until it ends.",
      "Ctrl-C (130) ends the watching; the job goes on."
    })
public final class WatchCommand extends JobCommand {

  public WatchCommand(Streams streams) {
    super(streams);
  }

  @Override
  CliExit run(ServiceClient service, Terminal terminal, String id)
      throws IOException, InterruptedException {
    Answer ended = new JobWatch(service, terminal, id).toItsEnd();
    show(ended, terminal, () -> {});
    return CliExit.of(JobFinder.state(ended.json()));
  }
}
