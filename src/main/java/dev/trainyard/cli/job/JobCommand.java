package dev.trainyard.cli.job;

import dev.trainyard.cli.client.ServiceClient;
import dev.trainyard.cli.command.CliExit;
import dev.trainyard.cli.command.ServiceCommand;
import dev.trainyard.cli.command.Streams;
import dev.trainyard.cli.terminal.Terminal;
import java.io.IOException;
import picocli.CommandLine.Parameters;

/** A command about one job. */
abstract class JobCommand extends ServiceCommand {

  @Parameters(paramLabel = JobFinder.LABEL, description = JobFinder.MEANING)
  private String job = "";

  JobCommand(Streams streams) {
    super(streams);
  }

  /**
   * @param id of the job
   */
  abstract CliExit run(ServiceClient service, Terminal terminal, String id)
      throws IOException, InterruptedException;

  @Override
  protected final CliExit run(ServiceClient service, Terminal terminal)
      throws IOException, InterruptedException {
    String id;
    try {
      id = new JobFinder(service).id(job);
    } catch (JobFinder.AmbiguousException e) {
      throw misunderstood(String.valueOf(e.getMessage()));
    }
    return run(service, terminal, id);
  }
}
