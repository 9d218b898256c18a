package io.castalia.streams.processing;

import io.castalia.streams.processing.Cogrouped.Addition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Grouped streams of the same keys that are aggregated into one table, each by an aggregator of its
 * own. Records without a key or value are dropped, which is counted.
 */
public final class CogroupedKStream<K, A> {
  private final List<Cogrouped<K, ?, A>> streams;
  private final List<Flow<K, Addition<K, ?, A>>> flows;

  private CogroupedKStream(
      List<Cogrouped<K, ?, A>> streams, List<Flow<K, Addition<K, ?, A>>> flows) {
    this.streams = List.copyOf(streams);
    this.flows = List.copyOf(flows);
  }

  static <K, V, A> CogroupedKStream<K, A> of(Flow<K, V> flow, Aggregator<K, V, A> aggregator) {
    return new CogroupedKStream<K, A>(List.of(), List.of()).and(flow, aggregator);
  }

  private <V> CogroupedKStream<K, A> and(Flow<K, V> flow, Aggregator<K, V, A> aggregator) {
    Cogrouped<K, V, A> stream = new Cogrouped<>(streams.size(), flow.values(), aggregator);
    List<Cogrouped<K, ?, A>> allStreams = new ArrayList<>(streams);
    allStreams.add(stream);
    List<Flow<K, Addition<K, ?, A>>> allFlows = new ArrayList<>(flows);
    allFlows.add(
        new KStream<>(flow).<Addition<K, ?, A>>mapValues(value -> stream.addition(value)).flow());
    return new CogroupedKStream<>(allStreams, allFlows);
  }

  /** With the records of one more stream. */
  public <V> CogroupedKStream<K, A> cogroup(
      KGroupedStream<K, V> other, Aggregator<K, V, A> aggregator) {
    Flow<K, V> theirs = other.flow();
    Flow<K, Addition<K, ?, A>> first = flows.get(0);
    first.requireTogether(theirs.graph());
    first.graph().copartition(first.node(), theirs.node());
    return and(theirs, aggregator);
  }

  /** An aggregate for each key, of what it is so far and the next value of any of the streams. */
  public KTable<K, A> aggregate(Supplier<A> initializer, Materialized<K, A> as) {
    return together().aggregate(initializer, adding(), as);
  }

  /** By key and by tumbling or hopping windows. */
  public TimeWindowedCogroupedKStream<K, A> windowedBy(TimeWindows windows) {
    return new TimeWindowedCogroupedKStream<>(together().windowedBy(windows));
  }

  /**
   * By key and by sliding windows. The values of open windows are kept, each with the place that
   * its stream has among these: do not change their order while there is state.
   *
   * @throws TopologyException when it is aggregated, if it is not known how the values of one of
   *     the streams are written
   */
  public TimeWindowedCogroupedKStream<K, A> windowedBy(SlidingWindows windows) {
    return new TimeWindowedCogroupedKStream<>(together().windowedBy(windows));
  }

  /** By key and by sessions. */
  public SessionWindowedCogroupedKStream<K, A> windowedBy(SessionWindows windows) {
    return new SessionWindowedCogroupedKStream<>(together().windowedBy(windows));
  }

  private KGroupedStream<K, Addition<K, ?, A>> together() {
    return new KGroupedStream<>(
        flows.get(0).merged(flows.subList(1, flows.size())).withValues(CogroupedSerde.of(streams)));
  }

  static <K, A> Aggregator<K, Addition<K, ?, A>, A> adding() {
    return (key, addition, aggregate) -> addition.to(key, aggregate);
  }
}
