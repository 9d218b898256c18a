package io.castalia.streams.processing.state;

import org.apache.kafka.common.serialization.Serde;

/**
 * A store: what it is called and what it holds. Each task has its own part of it.
 *
 * @param name unique in the topology; state is found again by it when the application starts anew
 * @param keys how keys are written
 * @param values how values are written
 * @param retentionMs how long entries by window or session are kept, in milliseconds of event time
 */
public record StoreSpec<K, V>(
    String name, StoreKind kind, Serde<K> keys, Serde<V> values, long retentionMs) {
  public StoreSpec {
    if (name.isBlank()) {
      throw new IllegalArgumentException("expected a name for a store, but it was blank");
    }
    if (retentionMs < 0) {
      throw new IllegalArgumentException(
          "expected a retention of \"%s\" that is not negative, but it was %d ms"
              .formatted(name, retentionMs));
    }
  }

  /** What must not change while the store holds state. */
  public String signature() {
    return kind == StoreKind.KEY_VALUE ? kind.name() : kind + " for " + retentionMs + " ms";
  }

  /** Whether a store with this signature finds its entries by time, too. */
  public static boolean isTimed(String signature) {
    return !signature.equals(StoreKind.KEY_VALUE.name());
  }
}
