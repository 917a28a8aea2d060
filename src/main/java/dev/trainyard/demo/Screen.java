package dev.trainyard.demo;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Where the demo reports: lines that stay, and one status that changes. On a terminal the status
 * rewrites itself in place; elsewhere each change becomes a line.
 */
final class Screen {

  private final PrintStream out;
  private final boolean terminal;
  private String status = "";

  Screen(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Whether standard output is a terminal that can return to the start of a line. */
  static boolean isTerminal() {
    // Since Java 22 a console is there even where nobody looks; only its own method tells.
    Object console = System.console();
    if (console == null || "dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    try {
      return (boolean) console.getClass().getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return Runtime.version().feature() < 22;
    }
  }

  /** Prints a line that stays. */
  synchronized void line(String format, Object... arguments) {
    settle();
    out.println(String.format(Locale.ROOT, format, arguments));
    out.flush();
  }

  /** Shows what goes on now, instead of what was shown before. */
  synchronized void status(String text) {
    if (text.equals(status)) {
      return;
    }
    if (terminal) {
      int leftOver = Math.max(0, status.length() - text.length());
      out.print("\r" + text + " ".repeat(leftOver));
    } else {
      out.println(text);
    }
    status = text;
    out.flush();
  }

  /** Lets the status stand where it is and goes on below it. */
  private void settle() {
    if (terminal && !status.isEmpty()) {
      out.println();
    }
    status = "";
  }
}
