package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One side of a join of two tables: for a change on this side, the change of the result.
 *
 * @param other the other side's current values
 * @param needsThis whether there is no result without a value of this side
 * @param needsOther whether there is no result without a value of the other side
 * @param joiner takes this side's value first
 */
public record TableJoin<K, V, W, R>(
    StoreSpec<K, ValueAndTimestamp<W>> other,
    boolean needsThis,
    boolean needsOther,
    BiFunction<? super V, ? super W, ? extends R> joiner)
    implements Operator<K, Change<V>, K, Change<R>> {

  @Override
  public void process(StreamRecord<K, Change<V>> record, OperatorContext<K, Change<R>> context) {
    K key = record.key();
    Change<V> change = record.value();
    if (key == null || change == null) {
      context.drop(AggregateSpec.NULL);
      return;
    }
    ValueAndTimestamp<W> found = context.keyed(other).get(key);
    W value = found == null ? null : found.value();
    R before = join(change.before(), value);
    R after = join(change.after(), value);
    if (before != null || after != null) {
      long time =
          found == null ? record.timestamp() : Math.max(record.timestamp(), found.timestamp());
      context.forward(record.withValue(new Change<>(before, after)).withTimestamp(time));
    }
  }

  private @Nullable R join(@Nullable V mine, @Nullable W theirs) {
    boolean nothing = mine == null && theirs == null;
    if (nothing || (needsThis && mine == null) || (needsOther && theirs == null)) {
      return null;
    }
    return joiner.apply(mine, theirs);
  }
}
