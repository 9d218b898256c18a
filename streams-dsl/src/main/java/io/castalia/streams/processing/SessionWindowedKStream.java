package io.castalia.streams.processing;

import io.castalia.streams.processing.internal.AggregateSpec;
import io.castalia.streams.processing.internal.SessionAggregate;
import io.castalia.streams.processing.internal.WindowClosing;
import io.castalia.streams.processing.state.StoreKind;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/**
 * A stream grouped by key and by sessions. A session that grows is another window: the former one
 * is deleted from the table, and the new one is there instead.
 */
public final class SessionWindowedKStream<K, V> {
  private final Flow<K, V> flow;
  private final SessionWindows windows;

  SessionWindowedKStream(Flow<K, V> flow, SessionWindows windows) {
    this.flow = flow;
    this.windows = windows;
  }

  /** How many records each session of a key has. */
  public KTable<Windowed<K>, Long> count() {
    return count(Materialized.unsaid());
  }

  /** How many records each session of a key has. */
  public KTable<Windowed<K>, Long> count(Materialized<K, Long> as) {
    return aggregate(
        "session-count",
        Aggregations.counted(as),
        new AggregateParts<>(
            Aggregations.ZERO, Aggregations.counter(), (key, one, other) -> one + other));
  }

  /** One value for each session, of the values so far and the next. */
  public KTable<Windowed<K>, V> reduce(BinaryOperator<V> reducer) {
    return reduce(reducer, Materialized.unsaid());
  }

  /** One value for each session, of the values so far and the next. */
  public KTable<Windowed<K>, V> reduce(BinaryOperator<V> reducer, Materialized<K, V> as) {
    return aggregate(
        "session-reduce",
        Aggregations.valued(as, flow),
        new AggregateParts<>(
            Aggregations.nothing(),
            Aggregations.reducer(reducer),
            (key, one, other) -> reducer.apply(one, other)));
  }

  /**
   * An aggregate for each session.
   *
   * @param merger makes one aggregate of those of two sessions
   */
  public <A> KTable<Windowed<K>, A> aggregate(
      Supplier<A> initializer,
      Aggregator<K, V, A> aggregator,
      Merger<K, A> merger,
      Materialized<K, A> as) {
    return aggregate(
        "session-aggregate", as, new AggregateParts<>(initializer, aggregator, merger));
  }

  private record AggregateParts<K, V, A>(
      Supplier<A> initializer, Aggregator<K, V, A> aggregator, Merger<K, A> merger) {}

  private <A> KTable<Windowed<K>, A> aggregate(
      String kind, Materialized<K, A> as, AggregateParts<K, V, A> parts) {
    String name = as.name().orElseGet(() -> flow.graph().name(kind));
    Flow<K, A> made =
        flow.or(as.keySerde(), Optional.empty())
            .withValues(TableStores.known(as.valueSerde(), name));
    long closingMs = windows.gapMs() + windows.graceMs();
    StoreSpec<K, ValueAndTimestamp<A>> store =
        TableStores.timed(
            name,
            StoreKind.SESSION,
            made.keys(name),
            made.values(name),
            TableStores.retention(as, closingMs));
    SessionAggregate<K, V, A> operator =
        new SessionAggregate<>(
            new AggregateSpec<>(store, parts.initializer(), parts.aggregator()),
            parts.merger(),
            windows);
    return KTable.ofWindows(
        made.then(name, List.of(store), () -> operator)
            .withKeys(WindowedSerdes.sessionWindowedSerdeFrom(made.keys(name))),
        new WindowClosing(closingMs, true));
  }
}
