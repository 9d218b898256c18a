package io.castalia.streams.processing;

import io.castalia.streams.processing.internal.Operator;
import io.castalia.streams.processing.internal.StreamJoin;
import io.castalia.streams.processing.internal.StreamTableJoin;
import io.castalia.streams.processing.state.StoreKind;
import io.castalia.streams.processing.state.StoreSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.kafka.common.serialization.Serde;

/** Builds the joins of streams. */
final class StreamJoins {
  private StreamJoins() {}

  static <K, V, W, R> KStream<K, R> inner(
      Flow<K, V> left,
      Flow<K, W> right,
      BiFunction<? super V, ? super W, ? extends R> joiner,
      JoinWindows windows,
      StreamJoined<K, V, W> how) {
    return new Sides<>(left, right, windows, how, "join").join(false, false, joiner);
  }

  static <K, V, W, R> KStream<K, R> left(
      Flow<K, V> left,
      Flow<K, W> right,
      BiFunction<? super V, ? super W, ? extends R> joiner,
      JoinWindows windows,
      StreamJoined<K, V, W> how) {
    return new Sides<>(left, right, windows, how, "left-join").join(true, false, joiner);
  }

  static <K, V, W, R> KStream<K, R> outer(
      Flow<K, V> left,
      Flow<K, W> right,
      BiFunction<? super V, ? super W, ? extends R> joiner,
      JoinWindows windows,
      StreamJoined<K, V, W> how) {
    return new Sides<>(left, right, windows, how, "outer-join").join(true, true, joiner);
  }

  static <K, V, W, R> KStream<K, R> withTable(
      Flow<K, V> stream,
      KTable<K, W> table,
      boolean left,
      BiFunction<? super V, ? super W, ? extends R> joiner,
      Joined<K, V> how) {
    stream.requireTogether(table.flow().graph());
    String name = stream.graph().name("table-join");
    Flow<K, V> placed = stream.or(how.keySerde(), how.valueSerde()).placed(() -> name);
    KTable<K, W> stored = table.stored();
    placed.graph().copartition(placed.node(), stored.flow().node());
    Operator<K, V, K, R> operator = new StreamTableJoin<>(stored.store(), left, joiner);
    return new KStream<>(
        placed.then(name, List.of(stored.store()), () -> operator).withValues(null));
  }

  static <K, V, R> KStream<K, R> withGlobal(
      Flow<K, V> stream, GlobalKTable<?, ?> table, Operator<K, V, K, R> join) {
    stream.requireTogether(table.graph());
    String name = stream.graph().name("global-table-join");
    return new KStream<>(stream.then(name, List.of(table.store()), () -> join).withValues(null));
  }

  /** Both streams of a join, and what is kept of each. */
  private static final class Sides<K, V, W> {
    private final String name;
    private final JoinWindows windows;
    private final StreamJoined<K, V, W> how;
    private final Flow<K, V> left;
    private final Flow<K, W> right;
    private final StoreSpec<K, V> lefts;
    private final StoreSpec<K, W> rights;

    Sides(
        Flow<K, V> left,
        Flow<K, W> right,
        JoinWindows windows,
        StreamJoined<K, V, W> how,
        String kind) {
      left.requireTogether(right.graph());
      this.name = how.name().orElseGet(() -> left.graph().name(kind));
      this.windows = windows;
      this.how = how;
      this.left =
          left.or(Optional.of(how.keySerde()), Optional.of(how.valueSerde()))
              .placed(() -> name + "-left");
      this.right =
          right
              .or(Optional.of(how.keySerde()), Optional.of(how.otherValueSerde()))
              .placed(() -> name + "-right");
      this.lefts = kept("-left", how.valueSerde(), windows.afterMs());
      this.rights = kept("-right", how.otherValueSerde(), windows.beforeMs());
      left.graph().copartition(this.left.node(), this.right.node());
    }

    private <T> StoreSpec<K, T> kept(String suffix, Serde<T> values, long reachMs) {
      return new StoreSpec<>(
          name + suffix, StoreKind.WINDOW, how.keySerde(), values, reachMs + windows.graceMs());
    }

    <R> KStream<K, R> join(
        boolean allLefts, boolean allRights, BiFunction<? super V, ? super W, ? extends R> joiner) {
      Optional<StoreSpec<K, V>> leftAlone =
          allLefts
              ? Optional.of(kept("-left-alone", how.valueSerde(), windows.afterMs()))
              : Optional.empty();
      Optional<StoreSpec<K, W>> rightAlone =
          allRights
              ? Optional.of(kept("-right-alone", how.otherValueSerde(), windows.beforeMs()))
              : Optional.empty();
      List<StoreSpec<?, ?>> used = new ArrayList<>(List.of(lefts, rights));
      leftAlone.ifPresent(used::add);
      rightAlone.ifPresent(used::add);
      Operator<K, V, K, R> fromLeft =
          new StreamJoin<>(windows, lefts, rights, leftAlone, rightAlone, joiner);
      BiFunction<W, V, R> turned = (theirs, mine) -> joiner.apply(mine, theirs);
      Operator<K, W, K, R> fromRight =
          new StreamJoin<>(windows.mirrored(), rights, lefts, rightAlone, leftAlone, turned);
      Flow<K, V> one = left.then(name + "-left", used, () -> fromLeft);
      Flow<K, W> two = right.then(name + "-right", used, () -> fromRight);
      return new KStream<K, R>(one.withValues(null)).merge(new KStream<>(two.withValues(null)));
    }
  }
}
