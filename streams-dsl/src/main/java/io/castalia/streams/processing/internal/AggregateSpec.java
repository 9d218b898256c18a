package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.Aggregator;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An aggregation by key.
 *
 * @param store where the aggregates are
 * @param initializer makes the aggregate of nothing
 * @param aggregator adds a value
 */
public record AggregateSpec<K, V, A>(
    StoreSpec<K, ValueAndTimestamp<A>> store,
    Supplier<A> initializer,
    Aggregator<K, V, A> aggregator) {
  static final String LATE = "late";
  static final String NULL = "null key or value";

  /** The aggregate with one value more; null when the aggregator gives up the key. */
  @Nullable ValueAndTimestamp<A> add(
      K key, V value, long timestamp, @Nullable ValueAndTimestamp<A> last) {
    A next = aggregator.apply(key, value, last == null ? initializer.get() : last.value());
    if (next == null) {
      return null;
    }
    long time = last == null ? timestamp : Math.max(timestamp, last.timestamp());
    return new ValueAndTimestamp<>(next, time);
  }

  static <A> Change<A> change(
      @Nullable ValueAndTimestamp<A> before, @Nullable ValueAndTimestamp<A> after) {
    return new Change<>(
        before == null ? null : before.value(), after == null ? null : after.value());
  }
}
