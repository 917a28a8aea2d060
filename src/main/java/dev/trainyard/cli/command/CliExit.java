package dev.trainyard.cli.command;

/** What a command's exit code says; the same for all of them. */
public enum CliExit {
  SUCCESS("What was asked for is done; a job that was watched has SUCCEEDED."),
  FAILURE("The job or dataset FAILED, or a file on this side cannot be read or written."),
  USAGE("The command was not understood."),
  CANCELLED("The job or dataset was CANCELLED."),
  UNREACHABLE("The service does not answer."),
  REFUSED("The service refused; standard error says what is wrong with which field.");

  private final String meaning;

  CliExit(String meaning) {
    this.meaning = meaning;
  }

  public int code() {
    return ordinal();
  }

  public String meaning() {
    return meaning;
  }

  /** For the state in which a job or a dataset has ended. */
  public static CliExit of(String state) {
    return switch (state) {
      case "SUCCEEDED", "READY" -> SUCCESS;
      case "CANCELLED" -> CANCELLED;
      default -> FAILURE;
    };
  }
}
