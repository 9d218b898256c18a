package io.castalia.streams.processing;

import io.castalia.streams.processing.internal.WindowedSerde;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serde;

/** Serdes of keys in windows, with the bytes that Kafka Streams writes. */
public final class WindowedSerdes {
  private WindowedSerdes() {}

  /** Keys in windows of one known length: the key and the window's start. */
  public static <K> Serde<Windowed<K>> timeWindowedSerdeFrom(Serde<K> keys, Duration size) {
    return new WindowedSerde<>(keys, new WindowedSerde.StartOnly(size.toMillis()));
  }

  /** Keys in sessions: the key, the window's end and its start. */
  public static <K> Serde<Windowed<K>> sessionWindowedSerdeFrom(Serde<K> keys) {
    return new WindowedSerde<>(keys, new WindowedSerde.EndAndStart());
  }
}
