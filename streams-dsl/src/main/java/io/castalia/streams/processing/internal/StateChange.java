package io.castalia.streams.processing.internal;

import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A changed entry of a store.
 *
 * @param value null when the entry was removed
 * @param replaced bytes of the value that the key had: so the state can change without reading it;
 *     {@link #NOTHING} if it had none
 */
public record StateChange(String store, Bytes key, @Nullable Bytes value, int replaced) {
  /** The key had no value. */
  public static final int NOTHING = -1;

  /** As journaled before there were pages: what the key had is in memory. */
  public static final int UNKNOWN = -2;

  /** Bytes of a value, as {@link #replaced} has it. */
  static int sizeOf(@Nullable Bytes value) {
    return value == null ? NOTHING : value.get().length;
  }

  /** With a later change of the same entry. */
  StateChange then(StateChange later) {
    return new StateChange(store, key, later.value, replaced);
  }

  /** Whether all is as before. */
  boolean isNothing() {
    return value == null && replaced == NOTHING;
  }
}
