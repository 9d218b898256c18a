package io.castalia.streams.processing.pages;

import org.apache.kafka.common.utils.Bytes;

/** An entry of a map. */
public record Entry(Bytes key, Bytes value) {
  /** Bytes of key and value. */
  public long bytes() {
    return (long) key.get().length + value.get().length;
  }
}
