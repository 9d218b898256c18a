package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.KeyValue;
import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Tells all rows that refer to a key of this table what it has now. They can be very many, so that
 * it is only noted that they are to be told, and done in slices before the next record.
 *
 * @param subscribers the tickets of the rows that refer to a key; for a key of which all rows are
 *     to be told, the time of its change
 * @param serde of their keys
 * @param table what the keys have
 */
public record ForeignKeyChanges<F, K, W>(
    StoreSpec<Subscriber<F, K>, Long> subscribers,
    SubscriberSerde<F, K> serde,
    StoreSpec<F, ValueAndTimestamp<W>> table)
    implements TimedOperator<F, Change<W>, K, Ticketed<W>> {

  @Override
  public void process(StreamRecord<F, Change<W>> record, OperatorContext<K, Ticketed<W>> context) {
    F foreignKey = record.key();
    Change<W> change = record.value();
    if (foreignKey == null || change == null) {
      throw new IllegalStateException("expected a change of a key, but it was " + record);
    }
    if (change.before() == null && change.after() == null) {
      return;
    }
    context.keyed(subscribers).put(new Subscriber<>(foreignKey, null), record.timestamp());
    context.wantAdvance();
  }

  @Override
  public boolean advance(OperatorContext<K, Ticketed<W>> context) {
    KeyedEntries<Subscriber<F, K>, Long> entries = context.keyed(subscribers);
    @Nullable Bytes from = context.position();
    Optional<KeyValue<Subscriber<F, K>, Long>> change = entries.first(SubscriberSerde.ALL_ROWS);
    while (change.isPresent()) {
      Subscriber<F, K> all = Objects.requireNonNull(change.get().key());
      long time = Objects.requireNonNull(change.get().value());
      from = tell(all.foreignKey(), time, from, context);
      if (from == null) {
        entries.put(all, null);
        from = Unfinished.BEGINNING;
        change = entries.first(SubscriberSerde.ALL_ROWS);
      }
      if (change.isPresent() && !context.hasRoom()) {
        context.leaveAt(from);
        return false;
      }
    }
    return true;
  }

  /** Gives back from where to go on, if not all rows are told. */
  private @Nullable Bytes tell(
      F foreignKey, long time, Bytes from, OperatorContext<K, Ticketed<W>> context) {
    KeyedEntries<Subscriber<F, K>, Long> entries = context.keyed(subscribers);
    ValueAndTimestamp<W> now = context.keyed(table).get(foreignKey);
    W value = now == null ? null : now.value();
    return entries.visit(
        serde.prefix(subscribers.name(), foreignKey),
        from,
        context::mayTake,
        row -> {
          if (!context.isSkipping()) {
            entries.with(
                row,
                (subscriber, ticket) ->
                    context.forward(
                        new StreamRecord<>(
                            subscriber.key(), new Ticketed<>(ticket, value), time, List.of())));
          }
        });
  }
}
