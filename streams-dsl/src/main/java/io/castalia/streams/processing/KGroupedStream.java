package io.castalia.streams.processing;

import io.castalia.streams.processing.internal.AggregateSpec;
import io.castalia.streams.processing.internal.StreamAggregate;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/**
 * A stream whose records are grouped by key. Records without a key or value are dropped, which is
 * counted.
 */
public final class KGroupedStream<K, V> {
  private final Flow<K, V> flow;

  KGroupedStream(Flow<K, V> flow) {
    this.flow = flow;
  }

  /** How many records each key has. */
  public KTable<K, Long> count() {
    return count(Materialized.unsaid());
  }

  /** How many records each key has. */
  public KTable<K, Long> count(Materialized<K, Long> as) {
    return aggregate("count", Aggregations.counted(as), Aggregations.ZERO, Aggregations.counter());
  }

  /** One value for each key, of its values so far and the next. */
  public KTable<K, V> reduce(BinaryOperator<V> reducer) {
    return reduce(reducer, Materialized.unsaid());
  }

  /** One value for each key, of its values so far and the next. */
  public KTable<K, V> reduce(BinaryOperator<V> reducer, Materialized<K, V> as) {
    return aggregate(
        "reduce",
        Aggregations.valued(as, flow),
        Aggregations.nothing(),
        Aggregations.reducer(reducer));
  }

  /** An aggregate for each key, of what it is so far and the next value. */
  public <A> KTable<K, A> aggregate(
      Supplier<A> initializer, Aggregator<K, V, A> aggregator, Materialized<K, A> as) {
    return aggregate("aggregate", as, initializer, aggregator);
  }

  private <A> KTable<K, A> aggregate(
      String kind, Materialized<K, A> as, Supplier<A> initializer, Aggregator<K, V, A> aggregator) {
    String name = as.name().orElseGet(() -> flow.graph().name(kind));
    Flow<K, A> made =
        flow.or(as.keySerde(), Optional.empty())
            .withValues(TableStores.known(as.valueSerde(), name));
    StoreSpec<K, ValueAndTimestamp<A>> store = TableStores.byKey(name, made);
    AggregateSpec<K, V, A> spec = new AggregateSpec<>(store, initializer, aggregator);
    return KTable.of(made.then(name, List.of(store), () -> new StreamAggregate<>(spec)), store);
  }

  /**
   * Begins an aggregation of several grouped streams into one table, each by its own aggregator.
   */
  public <A> CogroupedKStream<K, A> cogroup(Aggregator<K, V, A> aggregator) {
    return CogroupedKStream.of(flow, aggregator);
  }

  Flow<K, V> flow() {
    return flow;
  }

  /** By key and by tumbling or hopping windows. */
  public TimeWindowedKStream<K, V> windowedBy(TimeWindows windows) {
    return new TimeWindowedKStream<>(flow, new WindowKind.Aligned<>(windows));
  }

  /** By key and by sliding windows. */
  public TimeWindowedKStream<K, V> windowedBy(SlidingWindows windows) {
    return new TimeWindowedKStream<>(flow, new WindowKind.Sliding<>(windows));
  }

  /** By key and by sessions. */
  public SessionWindowedKStream<K, V> windowedBy(SessionWindows windows) {
    return new SessionWindowedKStream<>(flow, windows);
  }
}
