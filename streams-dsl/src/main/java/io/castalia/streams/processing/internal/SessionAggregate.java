package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.Merger;
import io.castalia.streams.processing.SessionWindows;
import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.Window;
import io.castalia.streams.processing.Windowed;
import io.castalia.streams.processing.internal.TimedEntries.Entry;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates the records of each key in sessions. The sessions that a record touches are removed,
 * which is told, and become one with it.
 */
public record SessionAggregate<K, V, A>(
    AggregateSpec<K, V, A> spec, Merger<K, A> merger, SessionWindows windows)
    implements TimedOperator<K, V, Windowed<K>, Change<A>> {

  @Override
  public void process(StreamRecord<K, V> record, OperatorContext<Windowed<K>, Change<A>> context) {
    K key = record.key();
    V value = record.value();
    if (key == null || value == null) {
      context.drop(AggregateSpec.NULL);
      return;
    }
    TimedEntries<K, ValueAndTimestamp<A>> store = context.timed(spec.store());
    long time = record.timestamp();
    List<Entry<K, ValueAndTimestamp<A>>> touched = touched(store, key, time);
    Window window = window(touched, time);
    if (closing().isClosed(window, context.watermark())) {
      context.drop(AggregateSpec.LATE);
      return;
    }
    ValueAndTimestamp<A> before = null;
    ValueAndTimestamp<A> made = null;
    for (Entry<K, ValueAndTimestamp<A>> session : touched) {
      store.remove(session);
      if (windowOf(session).equals(window)) {
        before = session.value();
      } else {
        forward(record, windowOf(session), new Change<>(session.value().value(), null), context);
      }
      made = made == null ? session.value() : merged(key, made, session.value());
    }
    ValueAndTimestamp<A> next = spec.add(key, value, time, made);
    store.put(key, window.end(), window.start(), next);
    forward(record, window, AggregateSpec.change(before, next), context);
  }

  /** The sessions within the gap on either side, in the order of their starts. */
  private List<Entry<K, ValueAndTimestamp<A>>> touched(
      TimedEntries<K, ValueAndTimestamp<A>> store, K key, long time) {
    return store.between(key, time - windows.gapMs(), Long.MAX_VALUE).stream()
        .filter(session -> session.number() <= time + windows.gapMs())
        .sorted(Comparator.comparingLong(Entry::number))
        .toList();
  }

  private static <K, A> Window window(List<Entry<K, ValueAndTimestamp<A>>> touched, long time) {
    long start = time;
    long end = time;
    for (Entry<K, ValueAndTimestamp<A>> session : touched) {
      start = Math.min(start, session.number());
      end = Math.max(end, session.time());
    }
    return new Window(start, end);
  }

  private static <K, A> Window windowOf(Entry<K, ValueAndTimestamp<A>> session) {
    return new Window(session.number(), session.time());
  }

  private ValueAndTimestamp<A> merged(
      K key, ValueAndTimestamp<A> earlier, ValueAndTimestamp<A> later) {
    return new ValueAndTimestamp<>(
        merger.apply(key, earlier.value(), later.value()),
        Math.max(earlier.timestamp(), later.timestamp()));
  }

  private void forward(
      StreamRecord<K, V> record,
      Window window,
      Change<A> change,
      OperatorContext<Windowed<K>, Change<A>> context) {
    @Nullable K key = record.key();
    if (key != null) {
      context.forward(
          record
              .withKey(new Windowed<>(key, window))
              .withValue(change)
              .withTimestamp(window.end()));
    }
  }

  private WindowClosing closing() {
    return new WindowClosing(windows.gapMs() + windows.graceMs(), true);
  }

  @Override
  public boolean advance(OperatorContext<Windowed<K>, Change<A>> context) {
    return context.dropBefore(spec.store(), context.watermark() - spec.store().retentionMs());
  }
}
