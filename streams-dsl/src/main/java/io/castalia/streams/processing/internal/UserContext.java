package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.Cancellable;
import io.castalia.streams.processing.EntryPunctuator;
import io.castalia.streams.processing.ProcessorContext;
import io.castalia.streams.processing.PunctuationType;
import io.castalia.streams.processing.Punctuator;
import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.state.KeyValueStore;
import io.castalia.streams.processing.state.SessionStore;
import io.castalia.streams.processing.state.StoreKind;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.WindowStore;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * What a user's processor sees of its task.
 *
 * @param check refuses records that the processor must not forward
 */
record UserContext<K, V>(
    OperatorContext<K, V> context,
    List<StoreSpec<?, ?>> stores,
    Punctuations punctuations,
    Consumer<StreamRecord<?, ?>> check)
    implements ProcessorContext<K, V> {

  @Override
  public void forward(StreamRecord<? extends K, ? extends V> record) {
    check.accept(record);
    context.forward(record);
  }

  @Override
  public <A, B> KeyValueStore<A, B> keyValueStore(StoreSpec<A, B> store) {
    return context.keyed(checked(store, StoreKind.KEY_VALUE));
  }

  @Override
  public <A, B> WindowStore<A, B> windowStore(StoreSpec<A, B> store) {
    return new WindowEntries<>(context.timed(checked(store, StoreKind.WINDOW)));
  }

  @Override
  public <A, B> SessionStore<A, B> sessionStore(StoreSpec<A, B> store) {
    return new SessionEntries<>(context.timed(checked(store, StoreKind.SESSION)));
  }

  private <A, B> StoreSpec<A, B> checked(StoreSpec<A, B> store, StoreKind kind) {
    if (!stores.contains(store) || store.kind() != kind) {
      throw new IllegalArgumentException(
          "expected a %s store of the processor's, %s, but it was \"%s\""
              .formatted(kind, stores.stream().map(StoreSpec::name).toList(), store.name()));
    }
    return store;
  }

  @Override
  public Cancellable schedule(Duration interval, PunctuationType type, Punctuator punctuator) {
    return punctuations.add(checkedMs(interval), type, punctuator);
  }

  @Override
  public <A, B> Cancellable scheduleForEach(
      Duration interval,
      PunctuationType type,
      StoreSpec<A, B> store,
      EntryPunctuator<? super A, ? super B> punctuator) {
    KeyedEntries<A, B> entries = context.keyed(checked(store, StoreKind.KEY_VALUE));
    return punctuations.addForEach(checkedMs(interval), type, entries, punctuator);
  }

  private static long checkedMs(Duration interval) {
    if (interval.toMillis() < 1) {
      throw new IllegalArgumentException(
          "expected an interval of at least 1 ms, but it was " + interval);
    }
    return interval.toMillis();
  }

  @Override
  public long currentStreamTimeMs() {
    return context.watermark();
  }

  @Override
  public long currentSystemTimeMs() {
    return context.clock();
  }

  @Override
  public TopicPartition source() {
    return context.source().partition();
  }

  @Override
  public long offset() {
    return context.source().record().offset();
  }
}
