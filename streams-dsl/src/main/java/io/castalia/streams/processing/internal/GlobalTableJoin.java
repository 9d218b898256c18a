package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Joins each record with the value that a global table has now for a key made of the record.
 *
 * @param key of the table; null finds nothing
 */
public record GlobalTableJoin<K, V, G, W, R>(
    StoreSpec<G, ValueAndTimestamp<W>> table,
    BiFunction<? super K, ? super V, ? extends @Nullable G> key,
    boolean left,
    BiFunction<? super V, ? super @Nullable W, ? extends R> joiner)
    implements Operator<K, V, K, R> {

  @Override
  public void process(StreamRecord<K, V> record, OperatorContext<K, R> context) {
    V value = record.value();
    if (value == null) {
      context.drop(AggregateSpec.NULL);
      return;
    }
    G wanted = key.apply(record.key(), value);
    ValueAndTimestamp<W> found = wanted == null ? null : context.keyed(table).get(wanted);
    if (found != null || left) {
      context.forward(record.withValue(joiner.apply(value, found == null ? null : found.value())));
    }
  }
}
