package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.state.ValueAndTimestamp;

/** Aggregates the records of each key, however old they are. */
public record StreamAggregate<K, V, A>(AggregateSpec<K, V, A> spec)
    implements Operator<K, V, K, Change<A>> {

  @Override
  public void process(StreamRecord<K, V> record, OperatorContext<K, Change<A>> context) {
    K key = record.key();
    V value = record.value();
    if (key == null || value == null) {
      context.drop(AggregateSpec.NULL);
      return;
    }
    KeyedEntries<K, ValueAndTimestamp<A>> store = context.keyed(spec.store());
    ValueAndTimestamp<A> last = store.get(key);
    ValueAndTimestamp<A> next = spec.add(key, value, record.timestamp(), last);
    store.put(key, next);
    context.forward(
        record
            .withValue(AggregateSpec.change(last, next))
            .withTimestamp(next == null ? record.timestamp() : next.timestamp()));
  }
}
