package io.castalia.testkit.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
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

  /**
   * Runs a simulation of each seed, of which none may violate anything, nor fail.
   *
   * @param seen gets each outcome; must be safe to be called by several threads at once
   * @return how many seeds were run
   * @throws AssertionError that names the seeds that did, with what was wrong
   */
  public <O extends Outcome> long expectNone(LongFunction<O> simulation, Consumer<? super O> seen) {
    Map<Long, List<String>> wrong = new ConcurrentSkipListMap<>();
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    long ran =
        run(
            seed -> {
              try {
                O outcome = simulation.apply(seed);
                seen.accept(outcome);
                if (!outcome.violations().isEmpty()) {
                  wrong.put(seed, outcome.violations());
                }
              } catch (RuntimeException | AssertionError failure) {
                wrong.put(seed, List.of(failure.toString()));
                failures.add(failure);
              }
            });
    if (!wrong.isEmpty()) {
      AssertionError error =
          new AssertionError(
              "%d of %d seeds (-Dcastalia.seed=N runs seed N again): %s"
                  .formatted(wrong.size(), ran, wrong));
      failures.forEach(error::addSuppressed);
      throw error;
    }
    return ran;
  }

  /**
   * Runs a simulation of something that is wrong, which a seed must show, and show again.
   *
   * @param seeds how many seeds are tried at most, from 0 on
   * @throws AssertionError if none does, so that the simulation is too weak
   */
  public static <O extends Outcome> void expectSome(long seeds, LongFunction<O> simulation) {
    for (long seed = 0; seed < seeds; seed++) {
      O outcome = simulation.apply(seed);
      if (!outcome.violations().isEmpty()) {
        O again = simulation.apply(seed);
        if (!again.equals(outcome)) {
          throw new AssertionError(
              "expected seed %d to run the same way again, but after %s it ended with %s"
                  .formatted(seed, outcome, again));
        }
        return;
      }
    }
    throw new AssertionError(
        "expected one of %d seeds to show what is wrong, but none did".formatted(seeds));
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
