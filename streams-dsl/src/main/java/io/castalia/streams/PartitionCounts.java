package io.castalia.streams;

import io.castalia.api.CastaliaClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * How many partitions topics have, for those who choose partitions by them: asked for again every
 * few seconds, so that added ones are used. Not safe for use by several threads.
 */
public final class PartitionCounts {
  static final Duration KEPT_FOR = Duration.ofSeconds(10);

  private final Function<String, CompletionStage<Integer>> ask;
  private final LongSupplier nanoTime;
  private final Map<String, Known> known = new HashMap<>();

  private record Known(CompletionStage<Integer> count, long askedAt) {}

  PartitionCounts(Function<String, CompletionStage<Integer>> ask, LongSupplier nanoTime) {
    this.ask = ask;
    this.nanoTime = nanoTime;
  }

  /** Of topics that a client knows. */
  public static PartitionCounts of(CastaliaClient client, Retry retry) {
    return new PartitionCounts(
        topic ->
            retry.call(() -> client.describeTopic(topic).thenApply(found -> found.partitions())),
        System::nanoTime);
  }

  /** The same, for those who ask again themselves when it fails. */
  public static PartitionCounts of(CastaliaClient client) {
    return new PartitionCounts(
        topic -> client.describeTopic(topic).thenApply(found -> found.partitions()),
        System::nanoTime);
  }

  /** As many as there are now, or were some seconds ago. */
  public CompletionStage<Integer> of(String topic) {
    long now = nanoTime.getAsLong();
    Known last = known.get(topic);
    if (last != null
        && now - last.askedAt() < KEPT_FOR.toNanos()
        && !last.count().toCompletableFuture().isCompletedExceptionally()) {
      return last.count();
    }
    CompletionStage<Integer> count = ask.apply(topic);
    known.put(topic, new Known(count, now));
    return count;
  }
}
