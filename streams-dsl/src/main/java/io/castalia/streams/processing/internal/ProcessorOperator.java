package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.Processor;
import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.state.StoreKind;
import io.castalia.streams.processing.state.StoreSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs a user's processor. */
public final class ProcessorOperator<K, V, KO, VO> implements TimedOperator<K, V, KO, VO> {
  private final Processor<K, V, KO, VO> processor;
  private final List<StoreSpec<?, ?>> stores;
  private final boolean keepsKeys;
  private final Punctuations punctuations = new Punctuations();
  private @Nullable StreamRecord<K, V> current;
  private boolean begun;

  private ProcessorOperator(
      Processor<K, V, KO, VO> processor, List<StoreSpec<?, ?>> stores, boolean keepsKeys) {
    this.processor = processor;
    this.stores = List.copyOf(stores);
    this.keepsKeys = keepsKeys;
  }

  /** For a processor that may forward any keys. */
  public static <K, V, KO, VO> ProcessorOperator<K, V, KO, VO> of(
      Processor<K, V, KO, VO> processor, List<StoreSpec<?, ?>> stores) {
    return new ProcessorOperator<>(processor, stores, false);
  }

  /** For a processor whose records have the keys of those that it works on. */
  public static <K, V, VO> ProcessorOperator<K, V, K, VO> keepingKeys(
      Processor<K, V, K, VO> processor, List<StoreSpec<?, ?>> stores) {
    return new ProcessorOperator<>(processor, stores, true);
  }

  @Override
  public void process(StreamRecord<K, V> record, OperatorContext<KO, VO> context) {
    begin(context);
    current = record;
    processor.process(record);
  }

  @Override
  public boolean advance(OperatorContext<KO, VO> context) {
    begin(context);
    current = null;
    return punctuations.run(context) && (context.move().byClock() || expire(context));
  }

  private boolean expire(OperatorContext<?, ?> context) {
    return stores.stream()
        .filter(store -> store.kind() != StoreKind.KEY_VALUE)
        .allMatch(store -> context.dropBefore(store, context.watermark() - store.retentionMs()));
  }

  private void begin(OperatorContext<KO, VO> context) {
    if (!begun) {
      processor.init(new UserContext<>(context, stores, punctuations, this::check));
      begun = true;
    }
  }

  /** What is forwarded by time is known to the processor only. */
  private void check(StreamRecord<?, ?> forwarded) {
    StreamRecord<K, V> record = current;
    if (keepsKeys && record != null && !Objects.deepEquals(record.key(), forwarded.key())) {
      throw new IllegalStateException(
          "expected processValues to forward the key of its record, \"%s\", but it was \"%s\": use"
                  .formatted(record.key(), forwarded.key())
              + " process, which may change keys");
    }
  }
}
