package io.castalia.streams.processing;

import io.castalia.streams.processing.internal.ProcessorOperator;
import io.castalia.streams.processing.state.StoreSpec;
import java.util.List;
import java.util.function.Supplier;

/** Puts processors of users' own into topologies. */
final class Processors {
  private Processors() {}

  static <K, V, KR, VR> KStream<KR, VR> any(
      Flow<K, V> flow,
      Supplier<? extends Processor<K, V, KR, VR>> supplier,
      List<StoreSpec<?, ?>> stores) {
    begin(flow, supplier, stores);
    return new KStream<>(
        flow.then(
                flow.graph().name("process"),
                stores,
                () -> ProcessorOperator.of(supplier.get(), stores))
            .<KR>withKeys(null)
            .<VR>withValues(null)
            .rekeyed(true));
  }

  static <K, V, VR> KStream<K, VR> keepingKeys(
      Flow<K, V> flow,
      Supplier<? extends Processor<K, V, K, VR>> supplier,
      List<StoreSpec<?, ?>> stores) {
    begin(flow, supplier, stores);
    return new KStream<>(
        flow.then(
                flow.graph().name("process-values"),
                stores,
                () -> ProcessorOperator.keepingKeys(supplier.get(), stores))
            .<VR>withValues(null));
  }

  private static void begin(
      Flow<?, ?> flow,
      Supplier<? extends Processor<?, ?, ?, ?>> supplier,
      List<StoreSpec<?, ?>> stores) {
    requireOneForEachTask(supplier);
    stores.forEach(store -> flow.graph().lookUp(store.name(), flow.node()));
  }

  /** Tasks would share the fields of one. A lambda has none, and may be the same each time. */
  private static void requireOneForEachTask(Supplier<? extends Processor<?, ?, ?, ?>> supplier) {
    Processor<?, ?, ?, ?> one = supplier.get();
    if (one == supplier.get() && !one.getClass().isHidden()) {
      throw new TopologyException(
          "expected a supplier that makes a processor for each task, but it gives the same one, a"
              + " %s, again".formatted(one.getClass().getName()));
    }
  }
}
