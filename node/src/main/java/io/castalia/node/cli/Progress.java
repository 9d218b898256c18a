package io.castalia.node.cli;

import java.time.Duration;

/** A counter drawn over and over in one line; only where standard error is a terminal. */
final class Progress {
  private static final long INTERVAL_NANOS = Duration.ofMillis(200).toNanos();

  private final Console console;
  private final String unit;
  private long drawnAt = System.nanoTime();
  private boolean drawn;

  Progress(Console console, String unit) {
    this.console = console;
    this.unit = unit;
  }

  void show(long count) {
    if (!console.errIsTerminal() || System.nanoTime() - drawnAt < INTERVAL_NANOS) {
      return;
    }
    drawnAt = System.nanoTime();
    drawn = true;
    console.err().printf("\r%,d %s", count, unit);
    console.err().flush();
  }

  /** Takes the line away. */
  void done() {
    if (drawn) {
      console.err().print("\r\u001b[K");
      console.err().flush();
    }
  }
}
