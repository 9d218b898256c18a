package io.castalia.streams.processing.internal;

import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** The stores of a task, by name. */
interface StateAccess {
  StoreReader content(String store);

  /** Sets an entry; null removes it. */
  void change(String store, Bytes key, @Nullable Bytes value);
}
