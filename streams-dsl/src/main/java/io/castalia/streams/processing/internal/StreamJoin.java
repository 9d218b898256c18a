package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.JoinWindows;
import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.internal.TimedEntries.Entry;
import io.castalia.streams.processing.state.StoreSpec;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * One side of a join of two streams. A record meets those of the other side that came before it,
 * and is kept for those that come later. A record that must have a result in any case waits until
 * its window has closed, and then gets it without a partner.
 *
 * @param windows as seen from this side
 * @param mine records of this side
 * @param theirs records of the other side
 * @param alone records of this side without a partner so far, if they get a result
 * @param theirAlone the same of the other side
 * @param joiner takes this side's value first
 */
public record StreamJoin<K, V, W, R>(
    JoinWindows windows,
    StoreSpec<K, V> mine,
    StoreSpec<K, W> theirs,
    Optional<StoreSpec<K, V>> alone,
    Optional<StoreSpec<K, W>> theirAlone,
    BiFunction<? super V, ? super W, ? extends R> joiner)
    implements TimedOperator<K, V, K, R> {

  @Override
  public void process(StreamRecord<K, V> record, OperatorContext<K, R> context) {
    K key = record.key();
    V value = record.value();
    if (key == null || value == null) {
      context.drop(AggregateSpec.NULL);
      return;
    }
    long time = record.timestamp();
    if (time < openSince(context)) {
      context.drop(AggregateSpec.LATE);
      return;
    }
    long ticket = context.ticket();
    context.timed(mine).put(key, time, ticket, value);
    if (!meetPartners(record, key, value, context)) {
      alone.ifPresent(store -> context.timed(store).put(key, time, ticket, value));
    }
  }

  /** Gives back whether there was any. */
  private boolean meetPartners(
      StreamRecord<K, V> record, K key, V value, OperatorContext<K, R> context) {
    long time = record.timestamp();
    Iterator<Entry<K, W>> partners =
        context
            .timed(theirs)
            .streamBetween(key, time - windows.beforeMs(), time + windows.afterMs())
            .iterator();
    boolean any = partners.hasNext();
    while (partners.hasNext()) {
      Entry<K, W> partner = partners.next();
      theirAlone.ifPresent(
          store -> context.timed(store).put(key, partner.time(), partner.number(), null));
      context.forward(
          record
              .<R>withValue(joiner.apply(value, partner.value()))
              .withTimestamp(Math.max(time, partner.time())));
    }
    return any;
  }

  /** Records before this time have met all that they can meet. */
  private long openSince(OperatorContext<K, R> context) {
    return context.watermark() - windows.afterMs() - windows.graceMs();
  }

  @Override
  public boolean advance(OperatorContext<K, R> context) {
    long since = openSince(context);
    return context.dropBefore(mine, since)
        && (alone.isEmpty()
            || context.takeBefore(alone.get(), since, left -> forwardAlone(left, context)));
  }

  private void forwardAlone(Entry<K, V> left, OperatorContext<K, R> context) {
    R result = joiner.apply(left.value(), null);
    context.forward(new StreamRecord<>(left.key(), result, left.time(), List.of()));
  }
}
