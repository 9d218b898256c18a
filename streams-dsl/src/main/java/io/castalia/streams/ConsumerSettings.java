package io.castalia.streams;

import io.castalia.api.CastaliaClient;
import java.time.Duration;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * How a source reads. Immutable; each {@code with} method gives a changed copy.
 *
 * @param system the actor system in which the source runs
 * @param keyDeserializer for keys; gets null for a record without a key
 * @param valueDeserializer for values; gets null for a tombstone
 * @param offsetReset where to start when there is no offset, or when it is out of range
 * @param fetchMaxBytes record bytes per fetch, a soft limit
 * @param fetchMaxWait how long a fetch waits for a first record
 * @param retryTimeout how long to repeat what fails with a retriable error before the stream fails
 */
public record ConsumerSettings<K, V>(
    ActorSystem<?> system,
    Deserializer<K> keyDeserializer,
    Deserializer<V> valueDeserializer,
    OffsetReset offsetReset,
    int fetchMaxBytes,
    Duration fetchMaxWait,
    Duration retryTimeout) {
  private static final int FETCH_MAX_BYTES = 1024 * 1024;
  private static final Duration FETCH_MAX_WAIT = Duration.ofMillis(500);
  private static final Duration RETRY_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(10);

  /** Settings with Kafka's defaults: start at the end when there is no offset. */
  public static <K, V> ConsumerSettings<K, V> create(
      ActorSystem<?> system, Deserializer<K> keyDeserializer, Deserializer<V> valueDeserializer) {
    return new ConsumerSettings<>(
        system,
        keyDeserializer,
        valueDeserializer,
        OffsetReset.LATEST,
        FETCH_MAX_BYTES,
        FETCH_MAX_WAIT,
        RETRY_TIMEOUT);
  }

  public ConsumerSettings<K, V> withOffsetReset(OffsetReset reset) {
    return new ConsumerSettings<>(
        system,
        keyDeserializer,
        valueDeserializer,
        reset,
        fetchMaxBytes,
        fetchMaxWait,
        retryTimeout);
  }

  public ConsumerSettings<K, V> withFetch(int maxBytes, Duration maxWait) {
    return new ConsumerSettings<>(
        system, keyDeserializer, valueDeserializer, offsetReset, maxBytes, maxWait, retryTimeout);
  }

  public ConsumerSettings<K, V> withRetryTimeout(Duration timeout) {
    return new ConsumerSettings<>(
        system,
        keyDeserializer,
        valueDeserializer,
        offsetReset,
        fetchMaxBytes,
        fetchMaxWait,
        timeout);
  }

  CastaliaClient client() {
    return CastaliaClient.create(system, REPLY_TIMEOUT);
  }
}
