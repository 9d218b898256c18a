package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.internal.TimedEntries.Entry;
import io.castalia.streams.processing.state.StoreSpec;
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
    StoreSpec<K, Stamped<Change<V>>> pending, long waitMs, HeldBound bound)
    implements Operator<K, Change<V>, K, Change<V>> {

  @Override
  public void process(StreamRecord<K, Change<V>> record, OperatorContext<K, Change<V>> context) {
    K key = record.key();
    Change<V> change = record.value();
    if (key == null || change == null) {
      throw new IllegalStateException("expected a change of a key, but it was " + record);
    }
    TimedEntries<K, Stamped<Change<V>>> held = context.timed(pending);
    List<Entry<K, Stamped<Change<V>>>> earlier = held.of(key);
    if (earlier.isEmpty()) {
      held.put(key, record.timestamp() + waitMs, 0, new Stamped<>(change, record.timestamp()));
    } else {
      Entry<K, Stamped<Change<V>>> first = earlier.get(0);
      held.put(key, first.time(), 0, merged(first.value().value(), change, record.timestamp()));
    }
    advance(context);
    while (held.exceeds(bound)) {
      held.takeFirst().ifPresent(oldest -> forward(oldest, context));
    }
  }

  /** Null if nothing has changed for those who have seen none of it. */
  private @Nullable Stamped<Change<V>> merged(Change<V> first, Change<V> last, long time) {
    return first.before() == null && last.after() == null
        ? null
        : new Stamped<>(new Change<>(first.before(), last.after()), time);
  }

  @Override
  public void advance(OperatorContext<K, Change<V>> context) {
    context
        .timed(pending)
        .takeBefore(context.watermark() + 1)
        .forEach(due -> forward(due, context));
  }

  private void forward(Entry<K, Stamped<Change<V>>> entry, OperatorContext<K, Change<V>> context) {
    Stamped<Change<V>> change = entry.value();
    context.forward(new StreamRecord<>(entry.key(), change.value(), change.timestamp(), List.of()));
  }
}
