package io.castalia.streams.processing;

import io.castalia.api.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way through a topology.
 *
 * @param key the key, or null
 * @param value the value, or null
 * @param timestamp event time in milliseconds since the epoch
 * @param headers in order
 */
public record StreamRecord<K, V>(
    @Nullable K key, @Nullable V value, long timestamp, List<Header> headers) {
  public StreamRecord {
    headers = List.copyOf(headers);
  }

  /** The same record with another key. */
  public <T> StreamRecord<T, V> withKey(@Nullable T other) {
    return new StreamRecord<>(other, value, timestamp, headers);
  }

  /** The same record with another value. */
  public <T> StreamRecord<K, T> withValue(@Nullable T other) {
    return new StreamRecord<>(key, other, timestamp, headers);
  }

  /** The same record at another event time, in milliseconds since the epoch. */
  public StreamRecord<K, V> withTimestamp(long other) {
    return new StreamRecord<>(key, value, other, headers);
  }
}
