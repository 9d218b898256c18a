package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.SlidingWindows;
import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.Window;
import io.castalia.streams.processing.Windowed;
import io.castalia.streams.processing.internal.TimedEntries.Entry;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates the records of each key in sliding windows. A window that exists takes the record in;
 * one that comes into being with it is made of the values, which are kept for that.
 *
 * @param values the values of all windows that are open, by time
 */
public record SlidingAggregate<K, V, A>(
    AggregateSpec<K, V, A> spec, StoreSpec<K, V> values, SlidingWindows windows)
    implements TimedOperator<K, V, Windowed<K>, Change<A>> {

  @Override
  public void process(StreamRecord<K, V> record, OperatorContext<Windowed<K>, Change<A>> context) {
    K key = record.key();
    V value = record.value();
    if (key == null || value == null) {
      context.drop(AggregateSpec.NULL);
      return;
    }
    TimedEntries<K, V> kept = context.timed(values);
    long time = record.timestamp();
    List<Entry<K, V>> near =
        kept.between(key, time - windows.differenceMs() - 1, time + windows.differenceMs() + 1);
    boolean late = true;
    for (long start : startsOf(near, time)) {
      Window window = new Window(start, start + windows.differenceMs());
      if (!closing().isClosed(window, context.watermark())) {
        late = false;
        update(new Windowed<>(key, window), near, record, context);
      }
    }
    if (late) {
      context.drop(AggregateSpec.LATE);
    } else {
      kept.put(key, time, context.ticket(), value);
      beginBehind(key, near, record, context);
    }
  }

  /** Where the windows begin that are there with the record and hold it. */
  private Set<Long> startsOf(List<Entry<K, V>> near, long time) {
    long difference = windows.differenceMs();
    Set<Long> starts = new TreeSet<>();
    starts.add(time - difference);
    for (Entry<K, V> other : near) {
      if (other.time() > time) {
        starts.add(other.time() - difference);
      } else if (other.time() < time) {
        starts.add(other.time() + 1);
      }
    }
    starts.removeIf(start -> start > time || start + difference < time);
    return starts;
  }

  private void update(
      Windowed<K> key,
      List<Entry<K, V>> near,
      StreamRecord<K, V> record,
      OperatorContext<Windowed<K>, Change<A>> context) {
    TimedEntries<K, ValueAndTimestamp<A>> store = context.timed(spec.store());
    if (store.get(key.key(), key.window().start(), 0) == null) {
      gather(key, near, store);
    }
    WindowUpdate.apply(spec, key, record, context);
  }

  /** An out-of-order record begins the window behind it, too, with what came there before. */
  private void beginBehind(
      K key,
      List<Entry<K, V>> near,
      StreamRecord<K, V> record,
      OperatorContext<Windowed<K>, Change<A>> context) {
    long start = record.timestamp() + 1;
    Window window = new Window(start, start + windows.differenceMs());
    TimedEntries<K, ValueAndTimestamp<A>> store = context.timed(spec.store());
    boolean open = !closing().isClosed(window, context.watermark());
    if (open && store.get(key, start, 0) == null) {
      ValueAndTimestamp<A> made = gather(new Windowed<>(key, window), near, store);
      if (made != null) {
        context.forward(
            record
                .withKey(new Windowed<>(key, window))
                .withValue(new Change<A>(null, made.value()))
                .withTimestamp(made.timestamp()));
      }
    }
  }

  /** The aggregate of the values that were there before the record. */
  private @Nullable ValueAndTimestamp<A> gather(
      Windowed<K> key, List<Entry<K, V>> near, TimedEntries<K, ValueAndTimestamp<A>> store) {
    ValueAndTimestamp<A> made = null;
    for (Entry<K, V> other : near) {
      if (other.time() >= key.window().start() && other.time() <= key.window().end()) {
        made = spec.add(key.key(), other.value(), other.time(), made);
      }
    }
    store.put(key.key(), key.window().start(), 0, made);
    return made;
  }

  private WindowClosing closing() {
    return new WindowClosing(windows.graceMs(), true);
  }

  @Override
  public boolean advance(OperatorContext<Windowed<K>, Change<A>> context) {
    long now = context.watermark();
    return context.dropBefore(spec.store(), now - spec.store().retentionMs())
        && context.dropBefore(values, now - values.retentionMs());
  }
}
