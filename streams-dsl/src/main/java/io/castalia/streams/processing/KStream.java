package io.castalia.streams.processing;

import io.castalia.streams.processing.internal.GlobalTableJoin;
import io.castalia.streams.processing.internal.Operator;
import io.castalia.streams.processing.internal.SinkCodec;
import io.castalia.streams.processing.internal.TableSource;
import io.castalia.streams.processing.internal.TopicRef;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream of records, each of which stands for itself. Operators make new streams and leave this
 * one as it is; timestamps and headers stay with the records. What is given to an operator must
 * depend on nothing but its arguments, so that a crash does not show in the results.
 */
public final class KStream<K, V> {
  private final Flow<K, V> flow;

  KStream(Flow<K, V> flow) {
    this.flow = flow;
  }

  /** Keeps the records of which the predicate says true. */
  public KStream<K, V> filter(BiPredicate<? super K, ? super V> predicate) {
    return same(
        "filter",
        (record, context) -> {
          if (predicate.test(record.key(), record.value())) {
            context.forward(record);
          }
        });
  }

  /** Drops the records of which the predicate says true. */
  public KStream<K, V> filterNot(BiPredicate<? super K, ? super V> predicate) {
    return filter((key, value) -> !predicate.test(key, value));
  }

  /** Makes another record of each. A grouping or join behind it repartitions. */
  public <KR, VR> KStream<KR, VR> map(BiFunction<? super K, ? super V, KeyValue<KR, VR>> mapper) {
    Operator<K, V, KR, VR> operator =
        (record, context) -> {
          KeyValue<KR, VR> made =
              Objects.requireNonNull(
                  mapper.apply(record.key(), record.value()),
                  "expected a pair of a key and a value, but it was null");
          context.forward(record.withKey(made.key()).withValue(made.value()));
        };
    return other("map", operator);
  }

  /** Makes another value of each; the key stays. */
  public <VR> KStream<K, VR> mapValues(Function<? super V, ? extends VR> mapper) {
    return mapValues((key, value) -> mapper.apply(value));
  }

  /** Makes another value of each key and value; the key stays. */
  public <VR> KStream<K, VR> mapValues(BiFunction<? super K, ? super V, ? extends VR> mapper) {
    Operator<K, V, K, VR> operator =
        (record, context) ->
            context.forward(record.<VR>withValue(mapper.apply(record.key(), record.value())));
    return new KStream<>(flow.then("map-values", () -> operator).withValues(null));
  }

  /** Makes any number of records of each, in their order. A grouping or join repartitions. */
  public <KR, VR> KStream<KR, VR> flatMap(
      BiFunction<? super K, ? super V, ? extends Iterable<KeyValue<KR, VR>>> mapper) {
    Operator<K, V, KR, VR> operator =
        (record, context) ->
            some(mapper.apply(record.key(), record.value()))
                .forEach(
                    made -> context.forward(record.withKey(made.key()).withValue(made.value())));
    return other("flat-map", operator);
  }

  /** Makes any number of values of each, in their order; the key stays. */
  public <VR> KStream<K, VR> flatMapValues(
      Function<? super V, ? extends Iterable<? extends VR>> mapper) {
    return flatMapValues((key, value) -> mapper.apply(value));
  }

  /** Makes any number of values of each key and value, in their order; the key stays. */
  public <VR> KStream<K, VR> flatMapValues(
      BiFunction<? super K, ? super V, ? extends Iterable<? extends VR>> mapper) {
    Operator<K, V, K, VR> operator =
        (record, context) ->
            some(mapper.apply(record.key(), record.value()))
                .forEach(made -> context.forward(record.<VR>withValue(made)));
    return new KStream<>(flow.then("flat-map-values", () -> operator).withValues(null));
  }

  /** Gives each record another key. A grouping or join behind it repartitions. */
  public <KR> KStream<KR, V> selectKey(BiFunction<? super K, ? super V, ? extends KR> mapper) {
    Operator<K, V, KR, V> operator =
        (record, context) ->
            context.forward(record.<KR>withKey(mapper.apply(record.key(), record.value())));
    return new KStream<>(flow.then("select-key", () -> operator).<KR>withKeys(null).rekeyed(true));
  }

  /**
   * Shows each record and passes it on. What the action does outside is done again when a crash
   * comes before the batch is journaled.
   */
  public KStream<K, V> peek(BiConsumer<? super K, ? super V> action) {
    return same(
        "peek",
        (record, context) -> {
          action.accept(record.key(), record.value());
          context.forward(record);
        });
  }

  /** Does something with each record, which ends here. As with {@link #peek}, it may come again. */
  public void foreach(BiConsumer<? super K, ? super V> action) {
    Operator<K, V, K, V> operator =
        (record, context) -> action.accept(record.key(), record.value());
    flow.then("foreach", () -> operator);
  }

  /** Begins to distribute the records: each goes to the first branch whose predicate says true. */
  public BranchedKStream<K, V> split() {
    return new BranchedKStream<>(flow);
  }

  /** The records of both streams, in the order in which the task reads them. */
  public KStream<K, V> merge(KStream<K, V> other) {
    return new KStream<>(flow.merged(List.of(other.flow)));
  }

  /** Writes the records to a topic, each to the partition of its key, or the one that is chosen. */
  public void to(String topic, Produced<K, V> produced) {
    flow.graph().sink(flow.node(), new TopicRef(topic, false), codec(produced));
  }

  /**
   * Writes each record to the topic that is named for it, as the other one does. A record fails for
   * which a topic is named that does not exist.
   */
  public void to(TopicNameExtractor<K, V> topics, Produced<K, V> produced) {
    flow.graph().router(flow.node(), topics, codec(produced));
  }

  private static <K, V> SinkCodec<K, V> codec(Produced<K, V> produced) {
    return new SinkCodec<>(produced.keySerde(), produced.valueSerde(), produced.partitioner());
  }

  /** Sends the records through a topic of the application, to the tasks of their keys. */
  public KStream<K, V> repartition(Repartitioned<K, V> how) {
    String name = how.name().orElseGet(() -> flow.graph().name("repartition"));
    return new KStream<>(
        flow.withKeys(how.keySerde())
            .withValues(how.valueSerde())
            .repartitioned(name, how.partitions()));
  }

  /** Groups by the keys that the records have, with the serdes that the stream knows. */
  public KGroupedStream<K, V> groupByKey() {
    return groupByKey(Grouped.unsaid());
  }

  /** Groups by the keys that the records have; repartitions if they were changed. */
  public KGroupedStream<K, V> groupByKey(Grouped<K, V> how) {
    Flow<K, V> known = flow.or(how.keySerde(), how.valueSerde());
    return new KGroupedStream<>(
        known.placed(() -> how.name().orElseGet(() -> flow.graph().name("group"))));
  }

  /** Groups by another key, through a topic of the application. */
  public <KR> KGroupedStream<KR, V> groupBy(
      BiFunction<? super K, ? super V, ? extends KR> mapper, Grouped<KR, V> how) {
    return this.<KR>selectKey(mapper).groupByKey(how);
  }

  /** A table of the last value of each key; a null value deletes it. */
  public KTable<K, V> toTable(Materialized<K, V> as) {
    String name = as.name().orElseGet(() -> flow.graph().name("to-table"));
    Flow<K, V> known = flow.or(as.keySerde(), as.valueSerde());
    Flow<K, V> placed = known.placed(() -> name);
    StoreSpec<K, ValueAndTimestamp<V>> store = TableStores.byKey(name, placed);
    return KTable.of(placed.then(name, List.of(store), () -> new TableSource<>(store)), store);
  }

  /**
   * Joins with a stream: a result for each pair of records of a key whose times are as near as the
   * windows say, at the later of both times.
   */
  public <W, R> KStream<K, R> join(
      KStream<K, W> other,
      BiFunction<? super V, ? super W, ? extends R> joiner,
      JoinWindows windows,
      StreamJoined<K, V, W> how) {
    return StreamJoins.inner(flow, other.flow, joiner, windows, how);
  }

  /**
   * As {@link #join}; and a record of this stream that has met none when its window closes gets a
   * result with null.
   */
  public <W, R> KStream<K, R> leftJoin(
      KStream<K, W> other,
      BiFunction<? super V, ? super W, ? extends R> joiner,
      JoinWindows windows,
      StreamJoined<K, V, W> how) {
    return StreamJoins.left(flow, other.flow, joiner, windows, how);
  }

  /** As {@link #leftJoin}, and the same for records of the other stream. */
  public <W, R> KStream<K, R> outerJoin(
      KStream<K, W> other,
      BiFunction<? super V, ? super W, ? extends R> joiner,
      JoinWindows windows,
      StreamJoined<K, V, W> how) {
    return StreamJoins.outer(flow, other.flow, joiner, windows, how);
  }

  /** Joins each record with what the table has for its key when it comes; else there is none. */
  public <W, R> KStream<K, R> join(
      KTable<K, W> table, BiFunction<? super V, ? super W, ? extends R> joiner, Joined<K, V> how) {
    return StreamJoins.withTable(flow, table, false, joiner, how);
  }

  /** As the inner join; where the table has nothing, with null. */
  public <W, R> KStream<K, R> leftJoin(
      KTable<K, W> table, BiFunction<? super V, ? super W, ? extends R> joiner, Joined<K, V> how) {
    return StreamJoins.withTable(flow, table, true, joiner, how);
  }

  /**
   * Joins each record with what a global table has when it comes; else there is none.
   *
   * @param key of the table, made of a record's key and value; null finds nothing
   */
  public <G, W, R> KStream<K, R> join(
      GlobalKTable<G, W> table,
      BiFunction<? super K, ? super V, ? extends G> key,
      BiFunction<? super V, ? super W, ? extends R> joiner) {
    return StreamJoins.withGlobal(
        flow, table, new GlobalTableJoin<>(table.store(), key, false, joiner));
  }

  /** As the inner join; where the table has nothing, with null. */
  public <G, W, R> KStream<K, R> leftJoin(
      GlobalKTable<G, W> table,
      BiFunction<? super K, ? super V, ? extends G> key,
      BiFunction<? super V, ? super W, ? extends R> joiner) {
    return StreamJoins.withGlobal(
        flow, table, new GlobalTableJoin<>(table.store(), key, true, joiner));
  }

  /**
   * Has the records worked on by a processor of one's own. A grouping or join behind it
   * repartitions.
   *
   * @param supplier makes a processor for each task
   * @param stores that it uses; a store may be given to several processors
   */
  public <KR, VR> KStream<KR, VR> process(
      Supplier<? extends Processor<K, V, KR, VR>> supplier, StoreSpec<?, ?>... stores) {
    return Processors.any(flow, supplier, List.of(stores));
  }

  /**
   * As {@link #process}, for a processor that leaves keys as they are: a grouping or join behind it
   * does not repartition. A record fails if another key is forwarded than its own; what is
   * forwarded by time must have keys that the task has, as those in its stores.
   *
   * @param stores that it uses; a store may be given to several processors
   */
  public <VR> KStream<K, VR> processValues(
      Supplier<? extends Processor<K, V, K, VR>> supplier, StoreSpec<?, ?>... stores) {
    return Processors.keepingKeys(flow, supplier, List.of(stores));
  }

  Flow<K, V> flow() {
    return flow;
  }

  private static <T> Iterable<T> some(@Nullable Iterable<T> made) {
    return Objects.requireNonNull(made, "expected a list, which may be empty, but it was null");
  }

  private KStream<K, V> same(String kind, Operator<K, V, K, V> operator) {
    return new KStream<>(flow.then(kind, () -> operator));
  }

  private <KR, VR> KStream<KR, VR> other(String kind, Operator<K, V, KR, VR> operator) {
    return new KStream<>(
        flow.then(kind, () -> operator).<KR>withKeys(null).<VR>withValues(null).rekeyed(true));
  }
}
