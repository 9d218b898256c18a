package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.state.StoreSpec;

/** Takes each record as the new value of its key. */
public record TableSource<K, V>(StoreSpec<K, Stamped<V>> store)
    implements Operator<K, V, K, Change<V>> {

  @Override
  public void process(StreamRecord<K, V> record, OperatorContext<K, Change<V>> context) {
    K key = record.key();
    if (key == null) {
      context.drop("null key");
      return;
    }
    KeyedEntries<K, Stamped<V>> entries = context.keyed(store);
    V value = record.value();
    Stamped<V> last = entries.get(key);
    Stamped<V> next = value == null ? null : new Stamped<>(value, record.timestamp());
    entries.put(key, next);
    context.forward(record.withValue(AggregateSpec.change(last, next)));
  }
}
