package io.castalia.actors.shard;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.pekko.Done;

/**
 * Where the requests of one node for shards pass, or wait while their shard moves. What waits goes
 * on in the order in which it came, and before all that comes later. Thread-safe.
 */
public final class ShardGates {
  private final ConcurrentMap<String, Gate> gates = new ConcurrentHashMap<>();
  private final Duration longest;
  private final Executor afterLongest;

  /**
   * Gates that are all open.
   *
   * @param longest after this a gate opens by itself: whoever closed it may be gone
   */
  public ShardGates(Duration longest) {
    this(longest, CompletableFuture.delayedExecutor(longest.toMillis(), TimeUnit.MILLISECONDS));
  }

  ShardGates(Duration longest, Executor afterLongest) {
    this.longest = longest;
    this.afterLongest = afterLongest;
  }

  /**
   * How long who closes a gate may wait for what has passed; there is time left then for the shard
   * to move before the gate opens by itself.
   */
  Duration patience() {
    return longest.dividedBy(3);
  }

  /** Makes a request as soon as the shard does not move. Who closes the gate waits for its end. */
  public <T> CompletableFuture<T> pass(String shard, Supplier<CompletableFuture<T>> request) {
    return gate(shard).pass(true, request);
  }

  /** The same for a request that may wait for long, and that moving the shard ends. */
  public <T> CompletableFuture<T> passUncounted(
      String shard, Supplier<CompletableFuture<T>> request) {
    return gate(shard).pass(false, request);
  }

  /** Lets no more requests pass; completes when those that have passed are answered. */
  CompletionStage<Done> close(String shard) {
    Gate gate = gate(shard);
    CompletableFuture<Done> drained = gate.close();
    afterLongest.execute(() -> gate.openIfClosedAs(drained));
    return drained;
  }

  /** Lets requests pass again. */
  void open(String shard) {
    gate(shard).open();
  }

  private Gate gate(String shard) {
    return gates.computeIfAbsent(shard, unused -> new Gate());
  }
}
