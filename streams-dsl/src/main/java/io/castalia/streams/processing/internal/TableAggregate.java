package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.Aggregator;
import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates the rows of a table by another key: a row that changes is taken out of the aggregate
 * of its old key and added to that of its new one.
 *
 * @param subtractor takes a value out
 */
public record TableAggregate<K, V, A>(AggregateSpec<K, V, A> spec, Aggregator<K, V, A> subtractor)
    implements Operator<K, Change<V>, K, Change<A>> {

  @Override
  public void process(StreamRecord<K, Change<V>> record, OperatorContext<K, Change<A>> context) {
    K key = record.key();
    Change<V> change = record.value();
    if (key == null || change == null) {
      context.drop(AggregateSpec.NULL);
      return;
    }
    KeyedEntries<K, ValueAndTimestamp<A>> store = context.keyed(spec.store());
    ValueAndTimestamp<A> last = store.get(key);
    ValueAndTimestamp<A> next = last;
    V before = change.before();
    if (before != null && last != null) {
      next = less(key, before, last);
    }
    V after = change.after();
    if (after != null) {
      next = spec.add(key, after, record.timestamp(), next);
    }
    store.put(key, next);
    context.forward(record.withValue(AggregateSpec.change(last, next)));
  }

  private @Nullable ValueAndTimestamp<A> less(K key, V value, ValueAndTimestamp<A> last) {
    A left = subtractor.apply(key, value, last.value());
    return left == null ? null : new ValueAndTimestamp<>(left, last.timestamp());
  }
}
