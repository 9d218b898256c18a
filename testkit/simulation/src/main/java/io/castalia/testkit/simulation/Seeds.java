package io.castalia.testkit.simulation;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/**
 * Which seeds a test runs: from 0 on, up to a number that is enough, as far as it gets in a time
 * that is enough. {@code -Dcastalia.seed=N} runs seed N alone, {@code -Dcastalia.seeds=N} runs so
 * many, however long they take.
 */
public final class Seeds {
  /** Which part of the seeds is run however long it takes. */
  private static final long AT_LEAST = 20;

  private final long enough;
  private final Duration budget;

  /**
   * Seeds for one test.
   *
   * @param enough how many are enough
   * @param budget when no more are begun, on a machine that is too busy for all of them; a
   *     twentieth of them is run in any case
   */
  public Seeds(long enough, Duration budget) {
    this.enough = enough;
    this.budget = budget;
  }

  /**
   * Runs a test of each seed, on all processors.
   *
   * @param test must be safe to run for several seeds at once
   * @return how many seeds were run
   */
  public long run(LongConsumer test) {
    Long one = Long.getLong("castalia.seed");
    Long many = Long.getLong("castalia.seeds");
    if (one != null) {
      test.accept(one);
      return 1;
    }
    return many != null ? run(test, many, many) : run(test, enough, enough / AT_LEAST);
  }

  /** In order, so that those that a lack of time leaves out are the last ones. */
  private long run(LongConsumer test, long seeds, long inAnyCase) {
    long begun = System.nanoTime();
    AtomicLong next = new AtomicLong();
    LongStream.range(0, Runtime.getRuntime().availableProcessors())
        .parallel()
        .forEach(
            worker -> {
              long seed = next.getAndIncrement();
              while (seed < seeds) {
                test.accept(seed);
                boolean late = System.nanoTime() - begun > budget.toNanos();
                seed = late && next.get() >= inAnyCase ? seeds : next.getAndIncrement();
              }
            });
    return Math.min(next.get(), seeds);
  }
}
