package io.castalia.streams.processing;

import io.castalia.streams.processing.internal.AggregateSpec;
import io.castalia.streams.processing.internal.Change;
import io.castalia.streams.processing.internal.ChangeSerde;
import io.castalia.streams.processing.internal.Operator;
import io.castalia.streams.processing.internal.RegroupTable;
import io.castalia.streams.processing.internal.TableAggregate;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/** A table whose rows are grouped by another key. */
public final class KGroupedTable<K, V> {
  private final Flow<K, V> flow;

  private KGroupedTable(Flow<K, V> flow) {
    this.flow = flow;
  }

  static <K, V, KR, VR> KGroupedTable<KR, VR> of(
      Flow<K, V> table,
      BiFunction<? super K, ? super V, KeyValue<KR, VR>> mapper,
      Grouped<KR, VR> how) {
    String name = how.name().orElseGet(() -> table.graph().name("table-group"));
    Operator<K, Change<V>, KR, Change<VR>> regroup = new RegroupTable<>(mapper);
    Flow<KR, VR> known =
        table
            .then(name, List.of(), () -> regroup)
            .<KR>withKeys(null)
            .<VR>withValues(null)
            .or(how.keySerde(), how.valueSerde());
    int node =
        known.withValues(new ChangeSerde<>(known.values(name))).repartitioned(name, 0).node();
    return new KGroupedTable<>(known.at(node));
  }

  /** How many rows each key has. */
  public KTable<K, Long> count() {
    return count(Materialized.unsaid());
  }

  /** How many rows each key has. */
  public KTable<K, Long> count(Materialized<K, Long> as) {
    return aggregate(
        Aggregations.counted(as),
        "table-count",
        new AggregateParts<>(Aggregations.ZERO, Aggregations.counter(), Aggregations.discounter()));
  }

  /**
   * One value for each key.
   *
   * @param adder adds a row's value
   * @param subtractor takes one out
   */
  public KTable<K, V> reduce(
      BinaryOperator<V> adder, BinaryOperator<V> subtractor, Materialized<K, V> as) {
    return aggregate(
        Aggregations.valued(as, flow),
        "table-reduce",
        new AggregateParts<>(
            Aggregations.nothing(), Aggregations.reducer(adder), Aggregations.reducer(subtractor)));
  }

  /**
   * An aggregate for each key.
   *
   * @param adder adds a row's value
   * @param subtractor takes one out
   */
  public <A> KTable<K, A> aggregate(
      Supplier<A> initializer,
      Aggregator<K, V, A> adder,
      Aggregator<K, V, A> subtractor,
      Materialized<K, A> as) {
    return aggregate(as, "table-aggregate", new AggregateParts<>(initializer, adder, subtractor));
  }

  private record AggregateParts<K, V, A>(
      Supplier<A> initializer, Aggregator<K, V, A> adder, Aggregator<K, V, A> subtractor) {}

  private <A> KTable<K, A> aggregate(
      Materialized<K, A> as, String kind, AggregateParts<K, V, A> parts) {
    String name = as.name().orElseGet(() -> flow.graph().name(kind));
    Flow<K, A> made =
        flow.or(as.keySerde(), Optional.empty())
            .withValues(TableStores.known(as.valueSerde(), name));
    StoreSpec<K, ValueAndTimestamp<A>> store = TableStores.byKey(name, made);
    AggregateSpec<K, V, A> spec = new AggregateSpec<>(store, parts.initializer(), parts.adder());
    return KTable.of(
        made.then(name, List.of(store), () -> new TableAggregate<>(spec, parts.subtractor())),
        store);
  }
}
