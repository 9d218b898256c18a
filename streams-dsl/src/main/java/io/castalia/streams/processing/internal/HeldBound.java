package io.castalia.streams.processing.internal;

/**
 * How much a task may hold back.
 *
 * @param records keys at most
 * @param bytes of keys and values at most
 */
public record HeldBound(long records, long bytes) {

  boolean isExceededBy(StoreContent held) {
    return held.size() > records || held.bytes() > bytes;
  }
}
