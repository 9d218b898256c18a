package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.Windowed;
import io.castalia.streams.processing.internal.TimedEntries.Entry;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import java.util.List;

/**
 * Holds the results of windows back until they can change no more.
 *
 * @param pending the latest result of each window, by the time at which that closes
 */
public record SuppressUntilClose<K, V>(
    StoreSpec<K, ValueAndTimestamp<V>> pending, WindowClosing closing, HeldBound bound)
    implements TimedOperator<K, Change<V>, K, Change<V>> {

  @Override
  public void process(StreamRecord<K, Change<V>> record, OperatorContext<K, Change<V>> context) {
    K key = record.key();
    Change<V> change = record.value();
    if (!(key instanceof Windowed<?> windowed) || change == null) {
      throw new IllegalStateException("expected a change of a window, but it was " + record);
    }
    V after = change.after();
    ValueAndTimestamp<V> next =
        after == null ? null : new ValueAndTimestamp<>(after, record.timestamp());
    TimedEntries<K, ValueAndTimestamp<V>> held = context.timed(pending);
    held.put(key, closing.closesAt(windowed.window()), 0, next);
    if (held.exceeds(bound)) {
      throw new IllegalStateException(
          "expected no more than %d windows or %d bytes to be held back by \"%s\""
              .formatted(bound.records(), bound.bytes(), pending.name()));
    }
  }

  @Override
  public boolean advance(OperatorContext<K, Change<V>> context) {
    return context.takeBefore(pending, context.watermark() + 1, closed -> forward(closed, context));
  }

  private void forward(
      Entry<K, ValueAndTimestamp<V>> closed, OperatorContext<K, Change<V>> context) {
    ValueAndTimestamp<V> result = closed.value();
    context.forward(
        new StreamRecord<>(
            closed.key(), new Change<>(null, result.value()), result.timestamp(), List.of()));
  }
}
