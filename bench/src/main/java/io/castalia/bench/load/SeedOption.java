package io.castalia.bench.load;

import java.io.PrintStream;
import java.util.Random;
import picocli.CommandLine.Option;

/** The seed, as an option of commands in which something is left to chance. */
public final class SeedOption {
  private static final int BOUND = 1_000_000;

  @Option(names = "--seed", description = "Of all that is random. Default: another each time.")
  private long seed = new Random().nextInt(BOUND);

  public long value() {
    return seed;
  }

  /** Prints the seed, so that what happens now can be asked for again. */
  public void announce(PrintStream out) {
    out.printf("seed %d%n", seed);
  }
}
