package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.Windowed;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import java.util.Objects;

/** Adds a record to the aggregate of a window, and tells how that changes. */
final class WindowUpdate {
  private WindowUpdate() {}

  static <K, V, A> void apply(
      AggregateSpec<K, V, A> spec,
      Windowed<K> key,
      StreamRecord<K, V> record,
      OperatorContext<Windowed<K>, Change<A>> context) {
    TimedEntries<K, ValueAndTimestamp<A>> store = context.timed(spec.store());
    long start = key.window().start();
    ValueAndTimestamp<A> last = store.get(key.key(), start, 0);
    V value = Objects.requireNonNull(record.value());
    ValueAndTimestamp<A> next = spec.add(key.key(), value, record.timestamp(), last);
    store.put(key.key(), start, 0, next);
    context.forward(
        record
            .withKey(key)
            .withValue(AggregateSpec.change(last, next))
            .withTimestamp(next == null ? record.timestamp() : next.timestamp()));
  }
}
