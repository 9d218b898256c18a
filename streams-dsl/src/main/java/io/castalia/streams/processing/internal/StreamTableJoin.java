package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import java.util.function.BiFunction;

/** Joins each record with the value that the table has for its key now. */
public record StreamTableJoin<K, V, W, R>(
    StoreSpec<K, ValueAndTimestamp<W>> table,
    boolean left,
    BiFunction<? super V, ? super W, ? extends R> joiner)
    implements Operator<K, V, K, R> {

  @Override
  public void process(StreamRecord<K, V> record, OperatorContext<K, R> context) {
    K key = record.key();
    if (record.value() == null || (key == null && !left)) {
      context.drop(AggregateSpec.NULL);
      return;
    }
    ValueAndTimestamp<W> found = key == null ? null : context.keyed(table).get(key);
    W value = found == null ? null : found.value();
    if (value != null || left) {
      context.forward(record.withValue(joiner.apply(record.value(), value)));
    }
  }
}
