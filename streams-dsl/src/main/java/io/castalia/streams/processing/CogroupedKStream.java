package io.castalia.streams.processing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Grouped streams of the same keys that are aggregated into one table, each by an aggregator of its
 * own. Records without a key or value are dropped, which is counted.
 */
public final class CogroupedKStream<K, A> {
  private final List<Flow<K, Addition<K, A>>> flows;

  private CogroupedKStream(List<Flow<K, Addition<K, A>>> flows) {
    this.flows = List.copyOf(flows);
  }

  /** A value with what is to be made of it. */
  @FunctionalInterface
  interface Addition<K, A> {
    @Nullable A to(K key, A aggregate);
  }

  static <K, V, A> CogroupedKStream<K, A> of(Flow<K, V> flow, Aggregator<K, V, A> aggregator) {
    return new CogroupedKStream<>(List.of(additions(flow, aggregator)));
  }

  private static <K, V, A> Flow<K, Addition<K, A>> additions(
      Flow<K, V> flow, Aggregator<K, V, A> aggregator) {
    return new KStream<>(flow)
        .<Addition<K, A>>mapValues(value -> addition(value, aggregator))
        .flow();
  }

  private static <K, V, A> @Nullable Addition<K, A> addition(
      @Nullable V value, Aggregator<K, V, A> aggregator) {
    return value == null ? null : (key, aggregate) -> aggregator.apply(key, value, aggregate);
  }

  /** With the records of one more stream. */
  public <V> CogroupedKStream<K, A> cogroup(
      KGroupedStream<K, V> other, Aggregator<K, V, A> aggregator) {
    Flow<K, V> theirs = other.flow();
    Flow<K, Addition<K, A>> first = flows.get(0);
    first.requireTogether(theirs.graph());
    first.graph().copartition(first.node(), theirs.node());
    List<Flow<K, Addition<K, A>>> more = new ArrayList<>(flows);
    more.add(additions(theirs, aggregator));
    return new CogroupedKStream<>(more);
  }

  /** An aggregate for each key, of what it is so far and the next value of any of the streams. */
  public KTable<K, A> aggregate(Supplier<A> initializer, Materialized<K, A> as) {
    return together().aggregate(initializer, adding(), as);
  }

  /** By key and by tumbling or hopping windows. */
  public TimeWindowedCogroupedKStream<K, A> windowedBy(TimeWindows windows) {
    return new TimeWindowedCogroupedKStream<>(together().windowedBy(windows));
  }

  private KGroupedStream<K, Addition<K, A>> together() {
    return new KGroupedStream<>(flows.get(0).merged(flows.subList(1, flows.size())));
  }

  static <K, A> Aggregator<K, Addition<K, A>, A> adding() {
    return (key, addition, aggregate) -> addition.to(key, aggregate);
  }
}
