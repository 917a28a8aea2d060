package dev.trainyard.cli;

import dev.trainyard.cli.artifact.DatasetsCommand;
import dev.trainyard.cli.artifact.DownloadCommand;
import dev.trainyard.cli.artifact.ModelsCommand;
import dev.trainyard.cli.artifact.UploadCommand;
import dev.trainyard.cli.client.RefusedException;
import dev.trainyard.cli.client.UnreachableException;
import dev.trainyard.cli.command.CliExit;
import dev.trainyard.cli.command.Streams;
import dev.trainyard.cli.job.JobsCommand;
import dev.trainyard.cli.job.LogsCommand;
import dev.trainyard.cli.job.SubmitCommand;
import dev.trainyard.cli.job.VerbCommand;
import dev.trainyard.cli.job.VerbCommand.Verb;
import dev.trainyard.cli.job.WatchCommand;
import dev.trainyard.cli.key.KeysCommand;
import dev.trainyard.cli.terminal.PlainText;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Which arguments are a command, and what it does. */
public final class Cli {

  private static final Set<String> QUESTIONS = Set.of("--help", "-h", "--version", "-V");

  private Cli() {}

  /**
   * Whether they are a command, known or not, and not for the service, whose own arguments all
   * begin with a dash. Loads nothing, for most processes are services.
   */
  public static boolean isMeant(String[] arguments) {
    return arguments.length > 0
        && (QUESTIONS.contains(arguments[0])
            || (!arguments[0].isBlank() && !arguments[0].startsWith("-")));
  }

  /** Does it, and returns the exit code. */
  public static int run(String[] arguments) {
    return run(arguments, System.in, System.out, System.err);
  }

  static int run(String[] arguments, InputStream in, PrintStream out, PrintStream err) {
    return commandLine(in, out, err).execute(arguments);
  }

  static CommandLine commandLine(InputStream in, PrintStream out, PrintStream err) {
    Streams streams = new Streams(in, out, err);
    CommandLine all =
        new CommandLine(new Program())
            .addSubcommand(new WatchCommand(streams))
            .addSubcommand(new SubmitCommand(streams))
            .addSubcommand(new JobsCommand(streams))
            .addSubcommand(new LogsCommand(streams))
            .addSubcommand(new DatasetsCommand(streams))
            .addSubcommand(new UploadCommand(streams))
            .addSubcommand(new ModelsCommand(streams))
            .addSubcommand(new DownloadCommand(streams))
            .addSubcommand("keys", KeysCommand.line(streams));
    for (Verb verb : Verb.values()) {
      CommandLine command = new CommandLine(new VerbCommand(verb, streams));
      command.getCommandSpec().usageMessage().description(verb.description());
      all.addSubcommand(verb.path(), command);
    }
    all.getCommandSpec()
        .usageMessage()
        .exitCodeList(
            Arrays.stream(CliExit.values())
                .collect(
                    Collectors.toMap(
                        exit -> " " + exit.code(),
                        CliExit::meaning,
                        (one, other) -> one,
                        LinkedHashMap::new)));
    all.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n");
    return all.setExpandAtFiles(false)
        .setUsageHelpAutoWidth(false)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setParameterExceptionHandler((wrong, arguments) -> misunderstood(wrong, err))
        .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, err));
  }

  private static int misunderstood(ParameterException wrong, PrintStream err) {
    String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
    err.println(PlainText.lines("trainyard: " + wrong.getMessage()));
    if (wrong instanceof UnmatchedArgumentException) {
      UnmatchedArgumentException.printSuggestions(wrong, new PrintWriter(err, true));
    }
    err.println("'" + command + " --help' shows how it is used.");
    return CliExit.USAGE.code();
  }

  private static int failed(Exception failure, PrintStream err) throws Exception {
    if (!(failure instanceof IOException)) {
      throw failure; // a defect: its trace says more than we can
    }
    err.println(PlainText.lines("trainyard: " + message(failure)));
    if (failure instanceof RefusedException) {
      return CliExit.REFUSED.code();
    }
    if (failure instanceof UnreachableException) {
      err.println("Is the service running? --server or TRAINYARD_URL says where it is.");
      return CliExit.UNREACHABLE.code();
    }
    return CliExit.FAILURE.code();
  }

  /** A file's exceptions have only its name for a message. */
  private static String message(Exception failure) {
    String said = Optional.ofNullable(failure.getMessage()).orElse(failure.toString());
    if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException) {
      return "There is no " + said + ".";
    } else if (failure instanceof FileAlreadyExistsException) {
      return said + " is there already.";
    }
    return failure instanceof AccessDeniedException ? "No access to " + said + "." : said;
  }

  @Command(
      name = "trainyard",
      versionProvider = Version.class,
      mixinStandardHelpOptions = true,
      description = "Trainyard from a terminal. Without a command it is the service that starts.",
      synopsisSubcommandLabel = "COMMAND",
      footer = {
        "",
        "'trainyard COMMAND --help' tells more. Here, trainyard is java -jar trainyard.jar."
      })
  private static final class Program implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "A command is missing.");
    }
  }

  private static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      String packed = Cli.class.getPackage().getImplementationVersion();
      return new String[] {"trainyard " + (packed == null ? "(not packed)" : packed)};
    }
  }
}
