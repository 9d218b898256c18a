package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import java.util.Objects;

/**
 * Takes subscriptions of rows to keys of this table, and answers each with what the key has now.
 *
 * @param subscribers the tickets of the rows that refer to a key
 * @param table what the keys have
 */
public record ForeignKeySubscriptions<F, K, W>(
    StoreSpec<Subscriber<F, K>, Long> subscribers, StoreSpec<F, ValueAndTimestamp<W>> table)
    implements Operator<F, Ticketed<K>, K, Ticketed<W>> {

  @Override
  public void process(
      StreamRecord<F, Ticketed<K>> record, OperatorContext<K, Ticketed<W>> context) {
    F foreignKey = Objects.requireNonNull(record.key());
    Ticketed<K> subscription = Objects.requireNonNull(record.value());
    K key = Objects.requireNonNull(subscription.value());
    Subscriber<F, K> subscriber = new Subscriber<>(foreignKey, key);
    if (subscription.ticket() == Ticketed.CANCELLED) {
      context.keyed(subscribers).put(subscriber, null);
      return;
    }
    context.keyed(subscribers).put(subscriber, subscription.ticket());
    ValueAndTimestamp<W> found = context.keyed(table).get(foreignKey);
    long time =
        found == null ? record.timestamp() : Math.max(record.timestamp(), found.timestamp());
    context.forward(
        record
            .withKey(key)
            .<Ticketed<W>>withValue(
                new Ticketed<>(subscription.ticket(), found == null ? null : found.value()))
            .withTimestamp(time));
  }
}
