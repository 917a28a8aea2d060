package dev.trainyard.cli.job;

import dev.trainyard.cli.client.Answer;
import dev.trainyard.cli.client.LogReader;
import dev.trainyard.cli.client.LongPoll;
import dev.trainyard.cli.client.Patience;
import dev.trainyard.cli.client.ServiceClient;
import dev.trainyard.cli.command.CliExit;
import dev.trainyard.cli.command.Streams;
import dev.trainyard.cli.terminal.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "logs", description = "Prints what a job's trainers said.")
public final class LogsCommand extends JobCommand {

  private static final Duration INTERVAL = Duration.ofSeconds(2);

  @Option(
      names = {"-f", "--follow"},
      description = "Goes on until the job ends.")
  private boolean follow;

  @Option(
      names = "--tail",
      paramLabel = "N",
      description = "Begins with the last N lines, of the last 256 kB at most.")
  private int tail = -1;

  public LogsCommand(Streams streams) {
    super(streams);
  }

  @Override
  CliExit run(ServiceClient service, Terminal terminal, String id)
      throws IOException, InterruptedException {
    if (isJson()) {
      throw misunderstood("A log is text; there is no -o json of it.");
    }
    LogReader log = new LogReader(service, id);
    if (tail >= 0) {
      for (String line : log.tail(tail)) {
        terminal.result(line);
      }
    }
    if (follow) {
      follow(service, id, log, terminal);
    } else if (tail < 0) {
      print(service, log, true, terminal);
    }
    return CliExit.SUCCESS;
  }

  /** A job that is asked about in between tells when there may be more, and when no more comes. */
  private static void follow(ServiceClient service, String id, LogReader log, Terminal terminal)
      throws IOException, InterruptedException {
    LongPoll job = new LongPoll(service, "/api/v1/jobs/" + id, INTERVAL);
    boolean ended = false;
    boolean read = true;
    while (!ended && read) {
      Optional<Answer> news = job.next();
      ended = news.isPresent() && JobFinder.ENDED.contains(JobFinder.state(news.get().json()));
      read = print(service, log, ended, terminal);
    }
  }

  /** Whatever there is by now; false when nobody reads it any more. */
  private static boolean print(
      ServiceClient service, LogReader log, boolean last, Terminal terminal)
      throws IOException, InterruptedException {
    Patience patience = service.patience();
    patience.renew(); // it has just answered
    while (true) {
      try {
        String piece = log.next(last);
        patience.renew();
        if (piece.isEmpty()) {
          return true;
        }
        if (!terminal.text(piece)) {
          return false;
        }
      } catch (IOException e) {
        patience.endure(e);
      }
    }
  }
}
