package io.castalia.streams.processing;

import io.castalia.streams.processing.internal.Change;
import io.castalia.streams.processing.internal.ForeignKeyAbsent;
import io.castalia.streams.processing.internal.ForeignKeyAnswers;
import io.castalia.streams.processing.internal.ForeignKeyChanges;
import io.castalia.streams.processing.internal.ForeignKeySubscribe;
import io.castalia.streams.processing.internal.ForeignKeySubscriptions;
import io.castalia.streams.processing.internal.Operator;
import io.castalia.streams.processing.internal.Subscriber;
import io.castalia.streams.processing.internal.SubscriberSerde;
import io.castalia.streams.processing.internal.Ticketed;
import io.castalia.streams.processing.internal.TicketedSerde;
import io.castalia.streams.processing.state.StoreKind;
import io.castalia.streams.processing.state.StoreSpec;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * Builds a join of two tables by a key that the values of the first one name. Rows subscribe to the
 * keys that they name, through one topic of the application; the second table's tasks answer
 * through another one, at once and whenever such a key changes.
 */
final class ForeignKeyJoin<K, V, F, W> {
  private final KTable<K, V> rows;
  private final KTable<F, W> others;
  private final Function<? super V, ? extends F> foreignKey;
  private final boolean left;
  private final String name;
  private final StoreSpec<K, Long> tickets;

  ForeignKeyJoin(
      KTable<K, V> rows,
      KTable<F, W> others,
      Function<? super V, ? extends F> foreignKey,
      boolean left) {
    rows.flow().requireTogether(others.flow().graph());
    this.rows = rows.stored();
    this.others = others.stored();
    this.foreignKey = foreignKey;
    this.left = left;
    this.name = rows.flow().graph().name(left ? "foreign-key-left-join" : "foreign-key-join");
    this.tickets =
        new StoreSpec<>(
            name + "-tickets", StoreKind.KEY_VALUE, rows.flow().keys(name), Serdes.Long(), 0);
  }

  <R> KTable<K, R> join(
      BiFunction<? super V, ? super @Nullable W, ? extends R> joiner, Materialized<K, R> as) {
    Flow<K, V> flow = rows.flow();
    Operator<K, Change<V>, K, Change<R>> absent = new ForeignKeyAbsent<>(foreignKey, left, joiner);
    Operator<K, Ticketed<W>, K, Change<R>> answered =
        new ForeignKeyAnswers<>(tickets, rows.store(), left, joiner);
    Flow<K, Ticketed<W>> answers = answers(subscriptions());
    flow.graph().copartition(flow.node(), answers.node());
    int without = flow.then(name + "-without", List.of(), () -> absent).node();
    int with =
        answers.then(name + "-answered", List.of(tickets, rows.store()), () -> answered).node();
    return KTable.ofChanges(merged(flow, without, with, name).<R>withValues(null)).stored(as);
  }

  private Flow<F, Ticketed<K>> subscriptions() {
    Flow<K, V> flow = rows.flow();
    Serde<F> foreignKeys = others.flow().keys(name);
    Operator<K, Change<V>, F, Ticketed<K>> subscribe =
        new ForeignKeySubscribe<>(tickets, foreignKey);
    Flow<F, Ticketed<K>> subscriptions =
        flow.then(name + "-subscribe", List.of(tickets), () -> subscribe)
            .<F>withKeys(foreignKeys)
            .<Ticketed<K>>withValues(new TicketedSerde<>(flow.keys(name)))
            .repartitioned(name + "-subscriptions", 0);
    flow.graph().copartition(others.flow().node(), subscriptions.node());
    return subscriptions;
  }

  private Flow<K, Ticketed<W>> answers(Flow<F, Ticketed<K>> subscriptions) {
    Serde<K> keys = rows.flow().keys(name);
    SubscriberSerde<F, K> serde = new SubscriberSerde<>(others.flow().keys(name), keys);
    StoreSpec<Subscriber<F, K>, Long> subscribers =
        new StoreSpec<>(name + "-subscribers", StoreKind.KEY_VALUE, serde, Serdes.Long(), 0);
    Operator<F, Ticketed<K>, K, Ticketed<W>> subscribed =
        new ForeignKeySubscriptions<>(subscribers, others.store());
    Operator<F, Change<W>, K, Ticketed<W>> changed =
        new ForeignKeyChanges<>(subscribers, serde, others.store());
    int first =
        subscriptions
            .then(name + "-subscribed", List.of(subscribers, others.store()), () -> subscribed)
            .node();
    int later =
        others
            .flow()
            .then(name + "-changed", List.of(subscribers, others.store()), () -> changed)
            .node();
    return merged(subscriptions, first, later, name + "-answer")
        .<K>withKeys(keys)
        .<Ticketed<W>>withValues(new TicketedSerde<>(others.flow().values(name)))
        .repartitioned(name + "-answers", 0);
  }

  private static <A, B> Flow<A, B> merged(Flow<A, B> flow, int one, int two, String name) {
    Operator<Object, Object, Object, Object> pass = (record, context) -> context.forward(record);
    return flow.at(flow.graph().step(name, List.of(one, two), List.of(), () -> pass));
  }
}
