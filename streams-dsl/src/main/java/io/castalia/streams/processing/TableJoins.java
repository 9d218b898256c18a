package io.castalia.streams.processing;

import io.castalia.streams.processing.internal.JoinKind;
import io.castalia.streams.processing.internal.Operator;
import io.castalia.streams.processing.internal.TableJoin;
import java.util.List;
import java.util.function.BiFunction;

/** Builds the joins of tables. */
final class TableJoins {
  private TableJoins() {}

  static <K, V, W, R> KTable<K, R> join(
      KTable<K, V> left,
      KTable<K, W> right,
      JoinKind kind,
      BiFunction<? super V, ? super W, ? extends R> joiner,
      Materialized<K, R> as) {
    boolean needsLeft = kind != JoinKind.OUTER;
    boolean needsRight = kind == JoinKind.INNER;
    Flow<K, V> flow = left.flow();
    flow.requireTogether(right.flow().graph());
    String name = flow.graph().name("table-table-join");
    flow.graph().copartition(flow.node(), right.flow().node());
    Operator<K, ?, K, ?> fromLeft = new TableJoin<>(right.store(), needsLeft, needsRight, joiner);
    BiFunction<W, V, R> turned = (theirs, mine) -> joiner.apply(mine, theirs);
    Operator<K, ?, K, ?> fromRight = new TableJoin<>(left.store(), needsRight, needsLeft, turned);
    int one = flow.then(name + "-left", List.of(right.store()), () -> fromLeft).node();
    int two = right.flow().then(name + "-right", List.of(left.store()), () -> fromRight).node();
    Operator<K, Object, K, Object> pass = (record, context) -> context.forward(record);
    int both = flow.graph().step(name, List.of(one, two), List.of(), () -> pass);
    return KTable.ofChanges(flow.at(both).<R>withValues(null)).stored(as);
  }
}
