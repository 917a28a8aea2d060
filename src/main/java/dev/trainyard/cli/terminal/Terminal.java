package dev.trainyard.cli.terminal;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * Standard output and error of one command. A status rewrites itself in place on a terminal, and is
 * left out elsewhere.
 */
public final class Terminal {

  private static final String RESET = "\u001b[0m";
  private static final Map<String, String> COLOURS =
      Map.of(
          "SUCCEEDED", "\u001b[32m",
          "READY", "\u001b[32m",
          "FAILED", "\u001b[31m",
          "CANCELLED", "\u001b[33m",
          "CANCELLING", "\u001b[33m",
          "RUNNING", "\u001b[36m",
          "CONVERTING", "\u001b[36m");

  private final PrintStream out;
  private final PrintStream err;
  private final Manners manners;
  private String status = "";

  public Terminal(PrintStream out, PrintStream err, Manners manners) {
    this.out = out;
    this.err = err;
    this.manners = manners;
  }

  /**
   * How it may be written to.
   *
   * @param live a line may be rewritten
   * @param width of a line in characters
   * @param unicode bars may be drawn with block characters
   */
  public record Manners(boolean live, boolean colour, boolean quiet, int width, boolean unicode) {

    /** Of this process's standard output. */
    public static Manners ofStandardOutput(boolean colour, boolean quiet) {
      boolean terminal = isTerminal();
      String columns = String.valueOf(System.getenv("COLUMNS"));
      int width = columns.matches("[1-9]\\d{1,3}") ? Math.max(40, Integer.parseInt(columns)) : 80;
      return new Manners(terminal, terminal && colour, quiet, width - 1, drawsBlocks());
    }

    private static boolean isTerminal() {
      // Since Java 22 a console is there even where nobody looks; only its own method tells.
      Object console = System.console();
      String term = System.getenv("TERM");
      boolean windows = System.getProperty("os.name", "").startsWith("Windows");
      if (console == null || "dumb".equals(term) || (term == null && !windows)) {
        return false;
      }
      try {
        return (boolean) console.getClass().getMethod("isTerminal").invoke(console);
      } catch (ReflectiveOperationException | RuntimeException e) {
        return Runtime.version().feature() < 22;
      }
    }

    private static boolean drawsBlocks() {
      String charset =
          System.getProperty("stdout.encoding", Charset.defaultCharset().name()); // set from 19 on
      return charset.toUpperCase(Locale.ROOT).startsWith("UTF");
    }
  }

  public Manners manners() {
    return manners;
  }

  /** Prints one line that stays, unless nothing is to be said. */
  public synchronized void line(String text) {
    if (!manners.quiet()) {
      result(text);
    }
  }

  /** The same for a line that begins with a state. */
  public synchronized void line(String state, String text) {
    if (!manners.quiet()) {
      clear();
      raw(coloured(PlainText.line(state)) + " " + PlainText.line(text));
    }
  }

  /** Prints a line that was asked for. */
  public synchronized void result(String text) {
    clear();
    raw(PlainText.line(text));
  }

  /** Prints a piece of text as it is, line breaks kept; false when nobody reads it any more. */
  public synchronized boolean text(String text) {
    out.print(PlainText.lines(text));
    return !out.checkError();
  }

  /** Prints a document of the API: in UTF-8 whatever the locale says, as JSON is. */
  public synchronized void json(String document) {
    byte[] bytes = PlainText.json(document.strip() + "\n").getBytes(StandardCharsets.UTF_8);
    out.write(bytes, 0, bytes.length);
    out.flush();
  }

  public synchronized void error(String text) {
    clear();
    err.println(PlainText.lines(text));
    err.flush();
  }

  /** Shows what goes on now instead of what was shown before. */
  public synchronized void status(String text) {
    if (manners.live() && !manners.quiet() && !text.equals(status)) {
      String plain = PlainText.line(text);
      status = plain.length() > manners.width() ? plain.substring(0, manners.width()) : plain;
      out.print("\r" + status + "\u001b[K");
      out.flush();
    }
  }

  /** Takes the status away. */
  public synchronized void clear() {
    if (!status.isEmpty()) {
      out.print("\r\u001b[K");
      out.flush();
      status = "";
    }
  }

  /** A bar of {@code width} characters, {@code share} (0 to 1) of it full. */
  public String bar(double share, int width) {
    int full = (int) Math.round(width * Math.max(0, Math.min(1, share)));
    return manners.unicode()
        ? "█".repeat(full) + "░".repeat(width - full)
        : "[" + "#".repeat(full) + "-".repeat(width - full) + "]";
  }

  /** One line that is known to be plain. */
  void raw(String line) {
    out.println(line);
    out.flush();
  }

  String coloured(String state) {
    String colour = manners.colour() ? COLOURS.get(state.strip()) : null;
    return colour == null ? state : colour + state + RESET;
  }
}
