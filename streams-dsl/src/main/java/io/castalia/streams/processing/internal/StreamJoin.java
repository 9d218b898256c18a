package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.JoinWindows;
import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.internal.TimedEntries.Entry;
import io.castalia.streams.processing.state.StoreSpec;
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
    implements Operator<K, V, K, R> {

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
    List<Entry<K, W>> partners =
        context.timed(theirs).between(key, time - windows.beforeMs(), time + windows.afterMs());
    for (Entry<K, W> partner : partners) {
      theirAlone.ifPresent(
          store -> context.timed(store).put(key, partner.time(), partner.number(), null));
      context.forward(
          record
              .<R>withValue(joiner.apply(value, partner.value()))
              .withTimestamp(Math.max(time, partner.time())));
    }
    if (partners.isEmpty()) {
      alone.ifPresent(store -> context.timed(store).put(key, time, ticket, value));
    }
  }

  /** Records before this time have met all that they can meet. */
  private long openSince(OperatorContext<K, R> context) {
    return context.watermark() - windows.afterMs() - windows.graceMs();
  }

  @Override
  public void advance(OperatorContext<K, R> context) {
    long since = openSince(context);
    context.timed(mine).dropBefore(since);
    alone.ifPresent(
        store -> {
          for (Entry<K, V> entry : context.timed(store).takeBefore(since)) {
            R result = joiner.apply(entry.value(), null);
            context.forward(new StreamRecord<>(entry.key(), result, entry.time(), List.of()));
          }
        });
  }
}
