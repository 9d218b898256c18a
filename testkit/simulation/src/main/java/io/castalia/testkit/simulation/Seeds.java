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
  private static final long ENOUGH = 10_000;
  private static final long BUDGET_NANOS = Duration.ofSeconds(25).toNanos();

  private Seeds() {}

  /**
   * Runs a test of each seed, on all processors.
   *
   * @param test must be safe to run for several seeds at once
   * @return how many seeds were run
   */
  public static long run(LongConsumer test) {
    Long one = Long.getLong("castalia.seed");
    Long many = Long.getLong("castalia.seeds");
    if (one != null) {
      test.accept(one);
      return 1;
    }
    return many != null ? run(test, many, Long.MAX_VALUE) : run(test, ENOUGH, BUDGET_NANOS);
  }

  /** In order, so that those that a lack of time leaves out are the last ones. */
  private static long run(LongConsumer test, long seeds, long budgetNanos) {
    long begun = System.nanoTime();
    AtomicLong next = new AtomicLong();
    LongStream.range(0, Runtime.getRuntime().availableProcessors())
        .parallel()
        .forEach(
            worker -> {
              while (System.nanoTime() - begun < budgetNanos) {
                long seed = next.getAndIncrement();
                if (seed >= seeds) {
                  return;
                }
                test.accept(seed);
              }
            });
    return Math.min(next.get(), seeds);
  }
}
