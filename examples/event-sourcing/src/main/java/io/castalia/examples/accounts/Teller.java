package io.castalia.examples.accounts;

import io.castalia.examples.accounts.Ledger.Outcome;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/**
 * Pays in and out at random, one change after the other.
 *
 * @param ledger its own
 * @param seed of what it does
 * @param changes how many it tries
 */
record Teller(Ledger ledger, long seed, int changes) implements Callable<Teller.Day> {
  private static final List<String> ACCOUNTS = List.of("ada", "bob", "cleo", "dan");
  private static final int MOST_IN = 10_000;
  private static final int MOST_OUT = 8_000;

  /**
   * What a teller has done.
   *
   * @param done how many changes happened
   * @param notCovered how many were refused
   * @param cents what was paid in, less what was paid out
   */
  record Day(long done, long notCovered, long cents) {
    Day and(Day other) {
      return new Day(done + other.done, notCovered + other.notCovered, cents + other.cents);
    }
  }

  @Override
  public Day call() throws InterruptedException, ExecutionException {
    ledger.fromSnapshot();
    Random random = new Random(seed);
    Day day = new Day(0, 0, 0);
    for (int i = 0; i < changes; i++) {
      long cents = random.nextInt(-MOST_OUT, MOST_IN);
      Outcome outcome = ledger.change(ACCOUNTS.get(random.nextInt(ACCOUNTS.size())), cents);
      day = day.and(outcome == Outcome.DONE ? new Day(1, 0, cents) : new Day(0, 1, 0));
    }
    return day;
  }
}
