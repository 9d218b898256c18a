package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.ValueAndTimestamp;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Joins a row with what its foreign key has. An answer to an earlier version of the row is dropped:
 * the one to the current version is on its way behind it.
 *
 * @param tickets the ticket of each row that refers to a key
 * @param table the rows
 * @param left whether a row has a result when its foreign key has nothing
 */
public record ForeignKeyAnswers<K, V, W, R>(
    StoreSpec<K, Long> tickets,
    StoreSpec<K, ValueAndTimestamp<V>> table,
    boolean left,
    BiFunction<? super V, ? super @Nullable W, ? extends R> joiner)
    implements Operator<K, Ticketed<W>, K, Change<R>> {

  @Override
  public void process(StreamRecord<K, Ticketed<W>> record, OperatorContext<K, Change<R>> context) {
    K key = Objects.requireNonNull(record.key());
    Ticketed<W> answer = Objects.requireNonNull(record.value());
    Long current = context.keyed(tickets).get(key);
    ValueAndTimestamp<V> row = context.keyed(table).get(key);
    if (row == null || current == null || current != answer.ticket()) {
      return;
    }
    W other = answer.value();
    R result = other == null && !left ? null : joiner.apply(row.value(), other);
    context.forward(
        record
            .<Change<R>>withValue(new Change<>(null, result))
            .withTimestamp(Math.max(record.timestamp(), row.timestamp())));
  }
}
