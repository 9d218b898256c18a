package io.castalia.streams;

import io.castalia.api.CastaliaClient;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * How a sink publishes. Immutable; each {@code with} method gives a changed copy.
 *
 * @param system the actor system in which the sink runs
 * @param keySerializer for keys
 * @param valueSerializer for values
 * @param batchBytes records gathered for one publication, in bytes of keys and values; at most the
 *     topics' {@code max.message.bytes} less some overhead
 * @param linger how long to gather
 * @param deliveryTimeout how long to repeat what fails with a retriable error before the stream
 *     fails
 */
public record ProducerSettings<K, V>(
    ActorSystem<?> system,
    Serializer<K> keySerializer,
    Serializer<V> valueSerializer,
    long batchBytes,
    Duration linger,
    Duration deliveryTimeout) {
  private static final long BATCH_BYTES = 256 * 1024;
  private static final Duration LINGER = Duration.ofMillis(5);
  private static final Duration DELIVERY_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(30);

  public ProducerSettings {
    if (batchBytes < 1) {
      throw new IllegalArgumentException(
          "expected batches of at least 1 byte, but it was " + batchBytes);
    }
    if (linger.isNegative() || linger.isZero() || deliveryTimeout.isNegative()) {
      throw new IllegalArgumentException(
          "expected to gather for a time above zero, and a delivery timeout that is not negative,"
              + " but they were %s and %s".formatted(linger, deliveryTimeout));
    }
  }

  /** Batches of 256 KiB that gather for 5 ms, and two minutes for what can be repeated. */
  public static <K, V> ProducerSettings<K, V> create(
      ActorSystem<?> system, Serializer<K> keySerializer, Serializer<V> valueSerializer) {
    return new ProducerSettings<>(
        system, keySerializer, valueSerializer, BATCH_BYTES, LINGER, DELIVERY_TIMEOUT);
  }

  /**
   * How records are gathered for one publication.
   *
   * @param bytes of keys, values and headers, at most
   * @param lingerFor how long to gather, above zero
   */
  public ProducerSettings<K, V> withBatch(long bytes, Duration lingerFor) {
    return new ProducerSettings<>(
        system, keySerializer, valueSerializer, bytes, lingerFor, deliveryTimeout);
  }

  /** How long to repeat what fails with a retriable error before the stream fails. */
  public ProducerSettings<K, V> withDeliveryTimeout(Duration timeout) {
    return new ProducerSettings<>(
        system, keySerializer, valueSerializer, batchBytes, linger, timeout);
  }

  CastaliaClient client() {
    return CastaliaClient.create(system, REPLY_TIMEOUT);
  }
}
