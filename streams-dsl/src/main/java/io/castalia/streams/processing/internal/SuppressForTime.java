package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.internal.TimedEntries.Entry;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the changes of a key back for a time, and makes one of them: from what was before the first
 * to what is after the last.
 *
 * @param pending one change of each key, by the time at which it is passed on
 * @param waitMs from the first change on, in milliseconds of event time
 */
public record SuppressForTime<K, V>(
    StoreSpec<K, ValueAndTimestamp<Change<V>>> pending, long waitMs, HeldBound bound)
    implements TimedOperator<K, Change<V>, K, Change<V>> {

  @Override
  public void process(StreamRecord<K, Change<V>> record, OperatorContext<K, Change<V>> context) {
    K key = record.key();
    Change<V> change = record.value();
    if (key == null || change == null) {
      throw new IllegalStateException("expected a change of a key, but it was " + record);
    }
    TimedEntries<K, ValueAndTimestamp<Change<V>>> held = context.timed(pending);
    List<Entry<K, ValueAndTimestamp<Change<V>>>> earlier = held.of(key);
    long due = earlier.isEmpty() ? record.timestamp() + waitMs : earlier.get(0).time();
    ValueAndTimestamp<Change<V>> next =
        earlier.isEmpty()
            ? new ValueAndTimestamp<>(change, record.timestamp())
            : merged(earlier.get(0).value().value(), change, record.timestamp());
    held.put(key, due, 0, next);
    if (due <= context.watermark()) {
      context.wantAdvance();
    }
    while (held.exceeds(bound)) {
      held.takeFirst().ifPresent(oldest -> forward(oldest, context));
    }
  }

  /** Null if nothing has changed for those who have seen none of it. */
  private @Nullable ValueAndTimestamp<Change<V>> merged(
      Change<V> first, Change<V> last, long time) {
    return first.before() == null && last.after() == null
        ? null
        : new ValueAndTimestamp<>(new Change<>(first.before(), last.after()), time);
  }

  @Override
  public boolean advance(OperatorContext<K, Change<V>> context) {
    return context.takeBefore(pending, context.watermark() + 1, due -> forward(due, context));
  }

  private void forward(
      Entry<K, ValueAndTimestamp<Change<V>>> entry, OperatorContext<K, Change<V>> context) {
    ValueAndTimestamp<Change<V>> change = entry.value();
    context.forward(new StreamRecord<>(entry.key(), change.value(), change.timestamp(), List.of()));
  }
}
