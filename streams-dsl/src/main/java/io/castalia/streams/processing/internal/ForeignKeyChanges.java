package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.state.StoreSpec;

/**
 * Tells all rows that refer to a key of this table what it has now.
 *
 * @param subscribers the tickets of the rows that refer to a key
 * @param serde of their keys
 */
public record ForeignKeyChanges<F, K, W>(
    StoreSpec<Subscriber<F, K>, Long> subscribers, SubscriberSerde<F, K> serde)
    implements Operator<F, Change<W>, K, Ticketed<W>> {

  @Override
  public void process(StreamRecord<F, Change<W>> record, OperatorContext<K, Ticketed<W>> context) {
    F foreignKey = record.key();
    Change<W> change = record.value();
    if (foreignKey == null || change == null) {
      throw new IllegalStateException("expected a change of a key, but it was " + record);
    }
    if (change.before() == null && change.after() == null) {
      return;
    }
    context
        .keyed(subscribers)
        .forEachStartingWith(
            serde.prefix(subscribers.name(), foreignKey),
            (subscriber, ticket) ->
                context.forward(
                    record
                        .withKey(subscriber.key())
                        .withValue(new Ticketed<>(ticket, change.after()))));
  }
}
