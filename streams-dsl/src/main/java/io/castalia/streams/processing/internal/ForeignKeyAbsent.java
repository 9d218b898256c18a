package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.StreamRecord;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The results of rows that wait for nothing from the other side of a join by foreign key: those
 * that were deleted, and those that refer to no key.
 *
 * @param left whether a row without a partner has a result
 */
public record ForeignKeyAbsent<K, V, W, R>(
    Function<? super V, ?> foreignKey,
    boolean left,
    BiFunction<? super V, ? super @Nullable W, ? extends R> joiner)
    implements Operator<K, Change<V>, K, Change<R>> {

  @Override
  public void process(StreamRecord<K, Change<V>> record, OperatorContext<K, Change<R>> context) {
    Change<V> change = record.value();
    if (change == null) {
      throw new IllegalStateException("expected a change of a key, but it was " + record);
    }
    V after = change.after();
    if (after == null || foreignKey.apply(after) == null) {
      R result = after == null || !left ? null : joiner.apply(after, null);
      context.forward(record.withValue(new Change<>(null, result)));
    }
  }
}
