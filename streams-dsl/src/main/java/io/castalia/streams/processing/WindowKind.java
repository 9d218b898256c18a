package io.castalia.streams.processing;

import io.castalia.streams.processing.internal.AggregateSpec;
import io.castalia.streams.processing.internal.Change;
import io.castalia.streams.processing.internal.Operator;
import io.castalia.streams.processing.internal.SlidingAggregate;
import io.castalia.streams.processing.internal.WindowAggregate;
import io.castalia.streams.processing.internal.WindowClosing;
import io.castalia.streams.processing.state.StoreKind;
import io.castalia.streams.processing.state.StoreSpec;
import java.util.List;

/** What tells tumbling and hopping windows from sliding ones when an aggregation is built. */
sealed interface WindowKind<K, V> {

  /** From its start on a window is at least so long needed, in milliseconds of event time. */
  long neededMs();

  WindowClosing closing();

  <A> Plan<K, V, A> plan(AggregateSpec<K, V, A> spec, Flow<K, V> flow);

  /** An operator, and the stores that it uses. */
  record Plan<K, V, A>(
      List<StoreSpec<?, ?>> stores, Operator<K, V, Windowed<K>, Change<A>> operator) {}

  /** Tumbling and hopping windows. */
  record Aligned<K, V>(TimeWindows windows) implements WindowKind<K, V> {
    @Override
    public long neededMs() {
      return windows.sizeMs() + windows.graceMs();
    }

    @Override
    public WindowClosing closing() {
      return new WindowClosing(windows.graceMs(), false);
    }

    @Override
    public <A> Plan<K, V, A> plan(AggregateSpec<K, V, A> spec, Flow<K, V> flow) {
      return new Plan<>(List.of(spec.store()), new WindowAggregate<>(spec, windows));
    }
  }

  /** Sliding windows. */
  record Sliding<K, V>(SlidingWindows windows) implements WindowKind<K, V> {
    @Override
    public long neededMs() {
      return windows.differenceMs() + windows.graceMs();
    }

    @Override
    public WindowClosing closing() {
      return new WindowClosing(windows.graceMs(), true);
    }

    /** The values are kept one millisecond longer: the window behind the last one needs it. */
    @Override
    public <A> Plan<K, V, A> plan(AggregateSpec<K, V, A> spec, Flow<K, V> flow) {
      String name = spec.store().name() + "-values";
      StoreSpec<K, V> values =
          new StoreSpec<>(
              name, StoreKind.WINDOW, flow.keys(name), flow.values(name), neededMs() + 1);
      return new Plan<>(
          List.of(spec.store(), values), new SlidingAggregate<>(spec, values, windows));
    }
  }
}
