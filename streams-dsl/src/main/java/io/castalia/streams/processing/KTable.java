package io.castalia.streams.processing;

import io.castalia.streams.processing.internal.Change;
import io.castalia.streams.processing.internal.ChangeSerde;
import io.castalia.streams.processing.internal.HeldBound;
import io.castalia.streams.processing.internal.JoinKind;
import io.castalia.streams.processing.internal.Materialize;
import io.castalia.streams.processing.internal.Operator;
import io.castalia.streams.processing.internal.SuppressForTime;
import io.castalia.streams.processing.internal.SuppressUntilClose;
import io.castalia.streams.processing.internal.WindowClosing;
import io.castalia.streams.processing.state.StoreKind;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table: for each key its latest value, and a stream of how that changes. Every change is passed
 * on; {@link #suppress} holds back those that are not final.
 */
public final class KTable<K, V> {
  private final Flow<K, V> flow;
  private final @Nullable StoreSpec<K, ValueAndTimestamp<V>> store;
  private final @Nullable WindowClosing closing;

  private KTable(
      Flow<K, V> flow,
      @Nullable StoreSpec<K, ValueAndTimestamp<V>> store,
      @Nullable WindowClosing closing) {
    this.flow = flow;
    this.store = store;
    this.closing = closing;
    if (store != null) {
      flow.graph().table(store.name(), flow.node());
    }
  }

  static <K, V> KTable<K, V> of(Flow<K, V> flow, StoreSpec<K, ValueAndTimestamp<V>> store) {
    return new KTable<>(flow, store, null);
  }

  static <K, V> KTable<K, V> ofWindows(Flow<K, V> flow, WindowClosing closing) {
    return new KTable<>(flow, null, closing);
  }

  static <K, V> KTable<K, V> ofChanges(Flow<K, V> flow) {
    return new KTable<>(flow, null, null);
  }

  Flow<K, V> flow() {
    return flow;
  }

  /**
   * Where the rows are, for processors of one's own that look rows up: they are given it among
   * their stores, and must not change it. A task has the rows whose keys are in its partition, so
   * that the processor's records must come by the same keys, from topics with as many partitions;
   * it is refused to run otherwise.
   *
   * @throws TopologyException if this table has no store of its own; {@code Materialized} gives it
   *     one
   */
  public StoreSpec<K, ValueAndTimestamp<V>> store() {
    if (store == null) {
      throw new TopologyException(
          "expected a table with a store, but \"%s\" has none: give it one with Materialized"
              .formatted(flow.graph().nameOf(flow.node())));
    }
    return store;
  }

  /** The changes of the table as a stream of new values; null where a key was deleted. */
  public KStream<K, V> toStream() {
    Operator<K, Change<V>, K, V> operator =
        (record, context) -> {
          Change<V> change = record.value();
          context.forward(record.withValue(change == null ? null : change.after()));
        };
    return new KStream<>(flow.then("to-stream", () -> operator));
  }

  /** The changes as a stream with other keys. */
  public <KR> KStream<KR, V> toStream(BiFunction<? super K, ? super V, ? extends KR> mapper) {
    return toStream().selectKey(mapper);
  }

  /** The rows of which the predicate says true; a row that no longer is one is deleted. */
  public KTable<K, V> filter(BiPredicate<? super K, ? super V> predicate) {
    return changed(
        "table-filter",
        (key, value) -> value != null && predicate.test(key, value) ? value : null,
        flow);
  }

  /** As {@link #filter(BiPredicate)}, kept in a store. */
  public KTable<K, V> filter(BiPredicate<? super K, ? super V> predicate, Materialized<K, V> as) {
    return filter(predicate).stored(as);
  }

  /** The rows of which the predicate says false. */
  public KTable<K, V> filterNot(BiPredicate<? super K, ? super V> predicate) {
    return filter((key, value) -> !predicate.test(key, value));
  }

  /** Another value for each row. */
  public <R> KTable<K, R> mapValues(Function<? super V, ? extends R> mapper) {
    return mapValues((key, value) -> mapper.apply(value));
  }

  /** Another value for each row, made of its key and value. */
  public <R> KTable<K, R> mapValues(BiFunction<? super K, ? super V, ? extends R> mapper) {
    return changed(
        "table-map-values",
        (key, value) -> value == null ? null : mapper.apply(key, value),
        flow.withValues(null));
  }

  /** As {@link #mapValues(Function)}, kept in a store. */
  public <R> KTable<K, R> mapValues(
      Function<? super V, ? extends R> mapper, Materialized<K, R> as) {
    return this.<R>mapValues(mapper).stored(as);
  }

  private <R> KTable<K, R> changed(
      String kind, BiFunction<K, @Nullable V, @Nullable R> mapper, Flow<K, R> serdes) {
    Operator<K, Change<V>, K, Change<R>> operator =
        (record, context) -> {
          K key = record.key();
          Change<V> change = record.value();
          if (key != null && change != null) {
            R before = mapper.apply(key, change.before());
            R after = mapper.apply(key, change.after());
            if (before != null || after != null) {
              context.forward(record.withValue(new Change<>(before, after)));
            }
          }
        };
    int node = flow.then(kind, () -> operator).node();
    return new KTable<>(serdes.at(node), null, closing);
  }

  /**
   * Groups the rows by other keys, through a topic of the application.
   *
   * @param mapper the new key and value of a row
   */
  public <KR, VR> KGroupedTable<KR, VR> groupBy(
      BiFunction<? super K, ? super V, KeyValue<KR, VR>> mapper, Grouped<KR, VR> how) {
    return KGroupedTable.of(flow, mapper, how);
  }

  /** Joins with a table: a row for each key that both have. */
  public <W, R> KTable<K, R> join(
      KTable<K, W> other,
      BiFunction<? super V, ? super W, ? extends R> joiner,
      Materialized<K, R> as) {
    return TableJoins.join(stored(), other.stored(), JoinKind.INNER, joiner, as);
  }

  /** Joins with a table: a row for each key of this one, with null where the other has none. */
  public <W, R> KTable<K, R> leftJoin(
      KTable<K, W> other,
      BiFunction<? super V, ? super W, ? extends R> joiner,
      Materialized<K, R> as) {
    return TableJoins.join(stored(), other.stored(), JoinKind.LEFT, joiner, as);
  }

  /** Joins with a table: a row for each key that either has. */
  public <W, R> KTable<K, R> outerJoin(
      KTable<K, W> other,
      BiFunction<? super V, ? super W, ? extends R> joiner,
      Materialized<K, R> as) {
    return TableJoins.join(stored(), other.stored(), JoinKind.OUTER, joiner, as);
  }

  /**
   * Joins with a table by a key of that one, which the values of this one name: a row for each row
   * whose foreign key the other table has. Rows and keys meet through topics of the application, so
   * the tables may have different numbers of partitions. A row's result follows its last change and
   * the last one of its foreign key; while both change, results between may be left out.
   *
   * @param foreignKey of a value; null where it names none, and then the row has no result
   */
  public <F, W, R> KTable<K, R> join(
      KTable<F, W> other,
      Function<? super V, ? extends F> foreignKey,
      BiFunction<? super V, ? super W, ? extends R> joiner,
      Materialized<K, R> as) {
    return new ForeignKeyJoin<>(this, other, foreignKey, false).join(joiner, as);
  }

  /**
   * As the inner join by a foreign key; where the value names none, or one that the other table
   * does not have, with null.
   */
  public <F, W, R> KTable<K, R> leftJoin(
      KTable<F, W> other,
      Function<? super V, ? extends F> foreignKey,
      BiFunction<? super V, ? super W, ? extends R> joiner,
      Materialized<K, R> as) {
    return new ForeignKeyJoin<>(this, other, foreignKey, true).join(joiner, as);
  }

  /**
   * Holds changes back, so that fewer of them are passed on. Time is the task's event time: without
   * later records nothing that is held back comes.
   *
   * @throws TopologyException if windows are to be waited for, and this is no table of windows
   */
  public KTable<K, V> suppress(Suppressed suppressed) {
    String name = suppressed.name().orElseGet(() -> flow.graph().name("suppress"));
    HeldBound bound = new HeldBound(suppressed.maxRecords(), suppressed.maxBytes());
    return suppressed.timeLimitMs().isPresent()
        ? heldFor(suppressed.timeLimitMs().get(), bound, name)
        : heldUntilClosed(bound, name);
  }

  private KTable<K, V> heldFor(long waitMs, HeldBound bound, String name) {
    StoreSpec<K, ValueAndTimestamp<Change<V>>> pending =
        TableStores.timed(
            name, StoreKind.WINDOW, flow.keys(name), new ChangeSerde<>(flow.values(name)), 0);
    return new KTable<>(
        flow.then(name, List.of(pending), () -> new SuppressForTime<>(pending, waitMs, bound)),
        null,
        closing);
  }

  private KTable<K, V> heldUntilClosed(HeldBound bound, String name) {
    WindowClosing closes = closing;
    if (closes == null) {
      throw new TopologyException(
          "expected a table of windows to suppress, but \"%s\" has none".formatted(name));
    }
    StoreSpec<K, ValueAndTimestamp<V>> pending =
        TableStores.timed(
            name, StoreKind.WINDOW, flow.keys(name), flow.values(name), closes.graceMs());
    return new KTable<>(
        flow.then(name, List.of(pending), () -> new SuppressUntilClose<>(pending, closes, bound)),
        null,
        closing);
  }

  /** This table with its values in a store, which is one more where it has none. */
  KTable<K, V> stored() {
    return store == null ? stored(Materialized.unsaid()) : this;
  }

  KTable<K, V> stored(Materialized<K, V> as) {
    String name = as.name().orElseGet(() -> flow.graph().name("materialize"));
    Flow<K, V> known = flow.or(as.keySerde(), as.valueSerde());
    StoreSpec<K, ValueAndTimestamp<V>> own = TableStores.byKey(name, known);
    return new KTable<>(known.then(name, List.of(own), () -> new Materialize<>(own)), own, closing);
  }
}
