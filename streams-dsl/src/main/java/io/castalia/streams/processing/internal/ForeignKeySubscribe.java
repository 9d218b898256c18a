package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.state.StoreSpec;
import java.util.Objects;
import java.util.function.Function;

/**
 * Tells the other side of a join by foreign key which rows refer to which of its keys. Each version
 * of a row gets a ticket; what comes back with an older one is out of date.
 *
 * @param tickets the ticket of each row that refers to a key
 * @param foreignKey the key that a value refers to, or null
 */
public record ForeignKeySubscribe<K, V, F>(
    StoreSpec<K, Long> tickets, Function<? super V, ? extends F> foreignKey)
    implements Operator<K, Change<V>, F, Ticketed<K>> {

  @Override
  public void process(StreamRecord<K, Change<V>> record, OperatorContext<F, Ticketed<K>> context) {
    K key = record.key();
    Change<V> change = record.value();
    if (key == null || change == null) {
      throw new IllegalStateException("expected a change of a key, but it was " + record);
    }
    V was = change.before();
    V is = change.after();
    F before = was == null ? null : foreignKey.apply(was);
    F after = is == null ? null : foreignKey.apply(is);
    if (before != null && !Objects.equals(before, after)) {
      context.forward(record.<F>withKey(before).withValue(new Ticketed<>(Ticketed.CANCELLED, key)));
    }
    if (after == null) {
      context.keyed(tickets).put(key, null);
      return;
    }
    long ticket = context.ticket();
    context.keyed(tickets).put(key, ticket);
    context.forward(record.<F>withKey(after).withValue(new Ticketed<>(ticket, key)));
  }
}
