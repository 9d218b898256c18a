package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.ValueAndTimestamp;

/** Takes each record as the new value of its key. */
public record TableSource<K, V>(StoreSpec<K, ValueAndTimestamp<V>> store)
    implements Operator<K, V, K, Change<V>> {

  @Override
  public void process(StreamRecord<K, V> record, OperatorContext<K, Change<V>> context) {
    K key = record.key();
    if (key == null) {
      context.drop("null key");
      return;
    }
    KeyedEntries<K, ValueAndTimestamp<V>> entries = context.keyed(store);
    V value = record.value();
    ValueAndTimestamp<V> last = entries.get(key);
    ValueAndTimestamp<V> next =
        value == null ? null : new ValueAndTimestamp<>(value, record.timestamp());
    entries.put(key, next);
    context.forward(record.withValue(AggregateSpec.change(last, next)));
  }
}
