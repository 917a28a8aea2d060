package dev.trainyard.cli.terminal;

import java.util.function.LongConsumer;

/** A bar for bytes that are sent or received; it is told how many there are by now. */
public final class TransferStatus implements LongConsumer {

  private static final int BAR = 30;
  private static final long INTERVAL = 100_000_000; // ns

  private final Terminal terminal;
  private final String what;
  private final long total;
  private long shown;

  public TransferStatus(Terminal terminal, String what, long total) {
    this.terminal = terminal;
    this.what = what;
    this.total = total;
    this.shown = System.nanoTime() - INTERVAL;
  }

  @Override
  public void accept(long done) {
    long now = System.nanoTime();
    if (now - shown < INTERVAL && done < total) {
      return;
    }
    shown = now;
    double share = total == 0 ? 1 : (double) done / total;
    terminal.status(
        "%s %s %d%%  %s of %s"
            .formatted(
                what,
                terminal.bar(share, BAR),
                Math.round(Math.floor(100 * share)),
                Figures.bytes(done),
                Figures.bytes(total)));
  }
}
