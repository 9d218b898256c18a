package io.castalia.streams.processing;

import io.castalia.streams.OffsetReset;
import io.castalia.streams.processing.internal.GraphBuilder;
import io.castalia.streams.processing.internal.Operator;
import io.castalia.streams.processing.internal.SinkCodec;
import io.castalia.streams.processing.internal.SourceCodec;
import io.castalia.streams.processing.state.StoreSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/**
 * Where in the graph a stream or table is, and how its records are written where that is known.
 *
 * @param rekeyed whether records may not be where their keys belong
 */
record Flow<K, V>(
    GraphBuilder graph,
    int node,
    @Nullable Serde<K> keys,
    @Nullable Serde<V> values,
    boolean rekeyed) {

  /** Behind one more operator without a store. */
  Flow<K, V> then(String kind, Supplier<? extends Operator<?, ?, ?, ?>> operator) {
    return then(graph.name(kind), List.of(), operator);
  }

  /** Behind one more operator. */
  Flow<K, V> then(
      String name,
      List<StoreSpec<?, ?>> stores,
      Supplier<? extends Operator<?, ?, ?, ?>> operator) {
    return at(graph.step(name, List.of(node), stores, operator));
  }

  /**
   * For what brings two streams or tables together.
   *
   * @throws TopologyException if the other one belongs to another builder
   */
  void requireTogether(GraphBuilder other) {
    if (graph != other) {
      throw new TopologyException(
          "expected streams and tables of one builder, but \"%s\" was given one of another"
              .formatted(graph.nameOf(node)));
    }
  }

  /** Together with the records of others, in the order in which the task reads them. */
  Flow<K, V> merged(List<Flow<K, V>> others) {
    List<Integer> nodes = new ArrayList<>(List.of(node));
    boolean anyRekeyed = rekeyed;
    for (Flow<K, V> other : others) {
      requireTogether(other.graph());
      nodes.add(other.node());
      anyRekeyed |= other.rekeyed();
    }
    Operator<K, V, K, V> pass = (record, context) -> context.forward(record);
    return at(graph.step(graph.name("merge"), nodes, List.of(), () -> pass)).rekeyed(anyRekeyed);
  }

  Flow<K, V> at(int other) {
    return new Flow<>(graph, other, keys, values, rekeyed);
  }

  <R> Flow<R, V> withKeys(@Nullable Serde<R> other) {
    return new Flow<>(graph, node, other, values, rekeyed);
  }

  <R> Flow<K, R> withValues(@Nullable Serde<R> other) {
    return new Flow<>(graph, node, keys, other, rekeyed);
  }

  Flow<K, V> rekeyed(boolean now) {
    return new Flow<>(graph, node, keys, values, now);
  }

  /** With these serdes, where they are given. */
  Flow<K, V> or(Optional<Serde<K>> otherKeys, Optional<Serde<V>> otherValues) {
    return new Flow<>(graph, node, otherKeys.orElse(keys), otherValues.orElse(values), rekeyed);
  }

  Serde<K> keys(String where) {
    return known(keys, "keys", where);
  }

  Serde<V> values(String where) {
    return known(values, "values", where);
  }

  private static <T> Serde<T> known(@Nullable Serde<T> serde, String what, String where) {
    if (serde == null) {
      throw new TopologyException(
          ("expected a serde for the %s of \"%s\", but none is known there: give one, by Grouped,"
                  + " Joined, Materialized or Repartitioned")
              .formatted(what, where));
    }
    return serde;
  }

  /** Where records of one key meet: in the task of the key. */
  Flow<K, V> placed(Supplier<String> repartitionName) {
    if (rekeyed) {
      return repartitioned(repartitionName.get(), 0);
    }
    graph.copartition(node, node);
    return this;
  }

  /** Through a topic of the application. */
  Flow<K, V> repartitioned(String name, int partitions) {
    Serde<K> keySerde = keys(name);
    Serde<V> valueSerde = values(name);
    SourceCodec<K, V> read =
        new SourceCodec<>(keySerde, valueSerde, StreamRecord::timestamp, OffsetReset.EARLIEST);
    return at(graph.repartition(
            node, name, partitions, read, new SinkCodec<>(keySerde, valueSerde)))
        .rekeyed(false);
  }
}
