package dev.trainyard.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Real signals, those too that Java has no name for. */
final class Signals {

  private Signals() {}

  /**
   * @param name without {@code SIG}
   */
  static void send(String name, List<ProcessHandle> processes) {
    for (ProcessHandle process : processes) {
      try {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
            .redirectError(ProcessBuilder.Redirect.DISCARD) // it may have ended
            .start()
            .onExit()
            .join();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Its whole command line, which {@link ProcessHandle.Info} may cut; empty when it has ended. */
  static String command(ProcessHandle process) {
    try {
      Process ps =
          new ProcessBuilder("ps", "-ww", "-o", "args=", "-p", Long.toString(process.pid()))
              .start();
      return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
