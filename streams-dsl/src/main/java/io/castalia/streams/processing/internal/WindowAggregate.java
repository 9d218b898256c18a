package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.TimeWindows;
import io.castalia.streams.processing.Window;
import io.castalia.streams.processing.Windowed;

/** Aggregates the records of each key in tumbling or hopping windows. */
public record WindowAggregate<K, V, A>(AggregateSpec<K, V, A> spec, TimeWindows windows)
    implements TimedOperator<K, V, Windowed<K>, Change<A>> {

  @Override
  public void process(StreamRecord<K, V> record, OperatorContext<Windowed<K>, Change<A>> context) {
    K key = record.key();
    V value = record.value();
    if (key == null || value == null) {
      context.drop(AggregateSpec.NULL);
      return;
    }
    WindowClosing closing = new WindowClosing(windows.graceMs(), false);
    for (Window window : windows.windowsFor(record.timestamp())) {
      if (closing.isClosed(window, context.watermark())) {
        context.drop(AggregateSpec.LATE);
      } else {
        WindowUpdate.apply(spec, new Windowed<>(key, window), record, context);
      }
    }
  }

  @Override
  public boolean advance(OperatorContext<Windowed<K>, Change<A>> context) {
    return context.dropBefore(spec.store(), context.watermark() - spec.store().retentionMs() + 1);
  }
}
