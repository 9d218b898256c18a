package io.castalia.streams.processing;

import io.castalia.streams.processing.internal.AggregateSpec;
import io.castalia.streams.processing.state.StoreKind;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/**
 * A stream grouped by key and by windows. A record that comes when its window has closed (event
 * time has passed the window's end and grace) is dropped, which is counted.
 */
public final class TimeWindowedKStream<K, V> {
  private final Flow<K, V> flow;
  private final WindowKind<K, V> windows;

  TimeWindowedKStream(Flow<K, V> flow, WindowKind<K, V> windows) {
    this.flow = flow;
    this.windows = windows;
  }

  /** How many records each key has in each window. */
  public KTable<Windowed<K>, Long> count() {
    return count(Materialized.unsaid());
  }

  /** How many records each key has in each window. */
  public KTable<Windowed<K>, Long> count(Materialized<K, Long> as) {
    return aggregate(
        "window-count", Aggregations.counted(as), Aggregations.ZERO, Aggregations.counter());
  }

  /** One value for each key and window, of the values so far and the next. */
  public KTable<Windowed<K>, V> reduce(BinaryOperator<V> reducer) {
    return reduce(reducer, Materialized.unsaid());
  }

  /** One value for each key and window, of the values so far and the next. */
  public KTable<Windowed<K>, V> reduce(BinaryOperator<V> reducer, Materialized<K, V> as) {
    return aggregate(
        "window-reduce",
        Aggregations.valued(as, flow),
        Aggregations.nothing(),
        Aggregations.reducer(reducer));
  }

  /** An aggregate for each key and window, of what it is so far and the next value. */
  public <A> KTable<Windowed<K>, A> aggregate(
      Supplier<A> initializer, Aggregator<K, V, A> aggregator, Materialized<K, A> as) {
    return aggregate("window-aggregate", as, initializer, aggregator);
  }

  private <A> KTable<Windowed<K>, A> aggregate(
      String kind, Materialized<K, A> as, Supplier<A> initializer, Aggregator<K, V, A> aggregator) {
    String name = as.name().orElseGet(() -> flow.graph().name(kind));
    Flow<K, V> keyed = flow.or(as.keySerde(), Optional.empty());
    Flow<K, A> made = keyed.withValues(TableStores.known(as.valueSerde(), name));
    StoreSpec<K, ValueAndTimestamp<A>> store =
        TableStores.timed(
            name,
            StoreKind.WINDOW,
            made.keys(name),
            made.values(name),
            TableStores.retention(as, windows.neededMs()));
    WindowKind.Plan<K, V, A> plan =
        windows.plan(new AggregateSpec<>(store, initializer, aggregator), keyed);
    return KTable.ofWindows(
        made.then(name, plan.stores(), plan::operator)
            .withKeys(WindowedSerdes.sessionWindowedSerdeFrom(made.keys(name))),
        windows.closing());
  }
}
