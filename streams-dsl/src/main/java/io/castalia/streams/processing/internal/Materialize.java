package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.ValueAndTimestamp;

/** Keeps the current values of a table in a store. */
public record Materialize<K, V>(StoreSpec<K, ValueAndTimestamp<V>> store)
    implements Operator<K, Change<V>, K, Change<V>> {

  @Override
  public void process(StreamRecord<K, Change<V>> record, OperatorContext<K, Change<V>> context) {
    K key = record.key();
    Change<V> change = record.value();
    if (key == null || change == null) {
      throw new IllegalStateException("expected a change of a key, but it was " + record);
    }
    V after = change.after();
    ValueAndTimestamp<V> next =
        after == null ? null : new ValueAndTimestamp<>(after, record.timestamp());
    KeyedEntries<K, ValueAndTimestamp<V>> entries = context.keyed(store);
    ValueAndTimestamp<V> last = entries.get(key);
    if (last == null && next == null) {
      return;
    }
    entries.put(key, next);
    context.forward(record.withValue(AggregateSpec.change(last, next)));
  }
}
