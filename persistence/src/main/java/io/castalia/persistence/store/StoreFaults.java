package io.castalia.persistence.store;

import io.castalia.persistence.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A script of the faults that a {@link ScriptedLogStore} shows. The script that was given first and
 * fits a call is used up by it. Thread-safe.
 */
public final class StoreFaults {
  private final List<Script> scripts = new ArrayList<>();
  private boolean unavailable;
  private Duration delay = Duration.ZERO;
  private Supplier<Optional<Behaviour>> disturbance = Optional::empty;

  StoreFaults() {}

  /** Fails the next call that fits with an unknown outcome, after it has been applied. */
  public synchronized void failApplied(Predicate<StoreCall> fits) {
    scripts.add(new Script(fits, StoreFaults::appliedThenFailed));
  }

  /** Fails the next call that fits with an unknown outcome, without its being applied. */
  public synchronized void failNotApplied(Predicate<StoreCall> fits) {
    scripts.add(new Script(fits, StoreFaults::failed));
  }

  /** Holds the next call that fits until the test decides what becomes of it. */
  public synchronized HeldCall hold(Predicate<StoreCall> fits) {
    HeldCall held = new HeldCall();
    scripts.add(new Script(fits, held::hold));
    return held;
  }

  /** While true, every call fails without being applied. */
  public synchronized void unavailable(boolean value) {
    unavailable = value;
  }

  /**
   * Fails some of the calls that no script fits with an unknown outcome; half of those after they
   * have been applied.
   *
   * @param share how many of all, from 0 to 1
   * @param seed decides which
   */
  public synchronized void failSometimes(double share, long seed) {
    if (share < 0 || share > 1) {
      throw new IllegalArgumentException("expected a share from 0 to 1, but got " + share);
    }
    Random random = new Random(seed);
    disturbance =
        () -> {
          double drawn = random.nextDouble();
          if (drawn >= share) {
            return Optional.empty();
          }
          return Optional.of(
              drawn < share / 2 ? StoreFaults::appliedThenFailed : StoreFaults::failed);
        };
  }

  /** Answers every call that no script fits this much later. */
  public synchronized void delay(Duration value) {
    delay = value;
  }

  /** Forgets all scripts, and answers at once again. */
  public synchronized void clear() {
    scripts.clear();
    unavailable = false;
    delay = Duration.ZERO;
    disturbance = Optional::empty;
  }

  /** Fits the calls of one operation, whatever their subject. */
  public static Predicate<StoreCall> any(StoreOperation operation) {
    return call -> call.operation() == operation;
  }

  <T> CompletionStage<T> run(StoreCall call, Supplier<CompletionStage<T>> effect) {
    return behaviour(call).run(effect);
  }

  private synchronized Behaviour behaviour(StoreCall call) {
    if (unavailable) {
      return StoreFaults::failed;
    }
    for (Iterator<Script> each = scripts.iterator(); each.hasNext(); ) {
      Script script = each.next();
      if (script.fits().test(call)) {
        each.remove();
        return script.behaviour();
      }
    }
    return disturbance.get().orElseGet(this::undisturbed);
  }

  private Behaviour undisturbed() {
    return delay.isZero() ? Supplier::get : new Delayed(delay);
  }

  private static <T> CompletionStage<T> appliedThenFailed(Supplier<CompletionStage<T>> effect) {
    return effect.get().thenCompose(applied -> failed(effect));
  }

  private static <T> CompletionStage<T> failed(Supplier<CompletionStage<T>> effect) {
    return CompletableFuture.failedFuture(
        new StoreUnavailableException("the store was told to fail"));
  }

  private record Script(Predicate<StoreCall> fits, Behaviour behaviour) {}

  @FunctionalInterface
  private interface Behaviour {
    <T> CompletionStage<T> run(Supplier<CompletionStage<T>> effect);
  }

  private record Delayed(Duration delay) implements Behaviour {
    @Override
    public <T> CompletionStage<T> run(Supplier<CompletionStage<T>> effect) {
      return CompletableFuture.supplyAsync(
              effect, CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS))
          .thenCompose(answer -> answer);
    }
  }
}
