package io.castalia.streams.processing.internal;

import io.castalia.streams.processing.Processor;
import io.castalia.streams.processing.StreamRecord;
import io.castalia.streams.processing.state.StoreKind;
import io.castalia.streams.processing.state.StoreSpec;
import java.util.List;

/** Runs a user's processor. */
public final class ProcessorOperator<K, V, KO, VO> implements Operator<K, V, KO, VO> {
  private final Processor<K, V, KO, VO> processor;
  private final List<StoreSpec<?, ?>> stores;
  private final Punctuations punctuations = new Punctuations();
  private boolean begun;

  public ProcessorOperator(Processor<K, V, KO, VO> processor, List<StoreSpec<?, ?>> stores) {
    this.processor = processor;
    this.stores = List.copyOf(stores);
  }

  @Override
  public void process(StreamRecord<K, V> record, OperatorContext<KO, VO> context) {
    begin(context);
    processor.process(record);
  }

  @Override
  public void advance(OperatorContext<KO, VO> context) {
    begin(context);
    if (context.isTick()) {
      if (punctuations.byClock(context.lastClock(), context.clock())) {
        context.punctuated();
      }
    } else {
      punctuations.byEventTime(context.lastWatermark(), context.watermark());
      stores.stream()
          .filter(store -> store.kind() == StoreKind.WINDOW)
          .forEach(store -> expire(store, context));
    }
  }

  private static void expire(StoreSpec<?, ?> store, OperatorContext<?, ?> context) {
    context.timed(store).dropBefore(context.watermark() - store.retentionMs());
  }

  private void begin(OperatorContext<KO, VO> context) {
    if (!begun) {
      begun = true;
      processor.init(new UserContext<>(context, stores, punctuations));
    }
  }
}
