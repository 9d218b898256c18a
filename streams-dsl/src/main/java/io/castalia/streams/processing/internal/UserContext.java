package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.ProcessorContext;
import io.castalia.streams.processing.PunctuationType;
import io.castalia.streams.processing.Punctuator;
import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.state.KeyValueStore;
import io.castalia.streams.processing.state.StoreKind;
import io.castalia.streams.processing.state.StoreSpec;
import io.castalia.streams.processing.state.WindowStore;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** What a user's processor sees of its task. */
record UserContext<K, V>(
    OperatorContext<K, V> context, List<StoreSpec<?, ?>> stores, Punctuations punctuations)
    implements ProcessorContext<K, V> {

  @Override
  public void forward(StreamRecord<? extends K, ? extends V> record) {
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

  private <A, B> StoreSpec<A, B> checked(StoreSpec<A, B> store, StoreKind kind) {
    if (!stores.contains(store) || store.kind() != kind) {
      throw new IllegalArgumentException(
          "expected a %s store of the processor's, %s, but it was \"%s\""
              .formatted(kind, stores.stream().map(StoreSpec::name).toList(), store.name()));
    }
    return store;
  }

  @Override
  public void schedule(Duration interval, PunctuationType type, Punctuator punctuator) {
    if (interval.toMillis() < 1) {
      throw new IllegalArgumentException(
          "expected an interval of at least 1 ms, but it was " + interval);
    }
    punctuations.add(interval.toMillis(), type, punctuator);
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
