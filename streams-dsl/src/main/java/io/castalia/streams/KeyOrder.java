package io.castalia.streams;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.japi.function.Creator;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.Supervision;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.FlowWithContext;
import org.jspecify.annotations.Nullable;

/** Flows that work on many records at once, and on those of one key one after the other. */
public final class KeyOrder {
  private KeyOrder() {}

  /**
   * Works on up to {@code parallelism} elements at a time: the work for an element begins when that
   * for the one before it with the same key has succeeded. Results are emitted in the order in
   * which the elements came, so an offset that follows its record can be committed: all before it
   * have been processed.
   *
   * <p>Work that fails fails the stream, and work behind it with the same key is not begun.
   * Supervision does not change that, since to leave out one element is to break the order; make
   * failures values with {@link DeadLetters#attempt} to go on.
   *
   * @param parallelism elements begun or waiting for their key, at most
   * @param key an element's key by its {@code equals}; null for one that is in no order
   * @param work for one element
   */
  public static <K, T, R> Flow<T, R, NotUsed> mapAsyncPerKey(
      int parallelism,
      Function<? super T, ? extends @Nullable K> key,
      Function<? super T, ? extends CompletionStage<R>> work) {
    return Flow.<T, R, NotUsed>fromMaterializer(
            (materializer, attributes) -> {
              Lanes<K> lanes = new Lanes<>();
              return Flow.<T>create()
                  .mapAsync(
                      parallelism,
                      element -> lanes.run(key.apply(element), () -> work.apply(element)));
            })
        .withAttributes(ActorAttributes.withSupervisionStrategy(Supervision.getStoppingDecider()))
        .mapMaterializedValue(ignored -> NotUsed.getInstance());
  }

  /** As {@link #mapAsyncPerKey}, with the context of each element beside it. */
  public static <K, T, R, C> FlowWithContext<T, C, R, C, NotUsed> mapAsyncPerKeyWithContext(
      int parallelism,
      Function<? super T, ? extends @Nullable K> key,
      Function<? super T, ? extends CompletionStage<R>> work) {
    return FlowWithContext.fromPairs(
        KeyOrder.<K, Pair<T, C>, Pair<R, C>>mapAsyncPerKey(
            parallelism,
            pair -> key.apply(pair.first()),
            pair ->
                work.apply(pair.first()).thenApply(result -> Pair.create(result, pair.second()))));
  }

  /** For each key, the end of what has been begun. */
  private static final class Lanes<K> {
    private final ConcurrentMap<K, CompletionStage<?>> ends = new ConcurrentHashMap<>();

    /** To be called in the order of the elements. */
    <R> CompletionStage<R> run(@Nullable K key, Creator<CompletionStage<R>> work) throws Exception {
      if (key == null) {
        return work.create();
      }
      CompletionStage<?> before = ends.getOrDefault(key, CompletableFuture.completedStage(null));
      CompletionStage<R> after = before.thenCompose(done -> begin(work));
      ends.put(key, after);
      var unused = after.whenComplete((result, failure) -> ends.remove(key, after));
      return after;
    }

    private static <R> CompletionStage<R> begin(Creator<CompletionStage<R>> work) {
      try {
        return work.create();
      } catch (Exception e) {
        return CompletableFuture.failedStage(e);
      }
    }
  }
}
